import { Field, ID, ObjectType } from 'type-graphql';
import { SIM_STATUS_LABELS, SimStatus } from '../../entities/sims/sim-status.enum.js';
import { connectionOf } from '../shared/connection.type.js';
import { describeEnum } from '../shared/describe-enum.js';
import { NodeType } from '../shared/node.type.js';
import { Instant } from '../shared/scalars.js';

describeEnum(SimStatus, {
  name: 'SimStatus',
  description: 'Where a SIM stands in its life.',
  values: {
    IN_STOCK: 'Waits for a contract.',
    RESERVED: 'Kept for a contract that is not active yet.',
    ACTIVE: 'Switched on.',
    SUSPENDED: 'Switched off for a while.',
    BLOCKED: 'Switched off because it may not be used.',
    RETIRED: 'Never to be used again.',
  },
  labels: SIM_STATUS_LABELS,
});

@ObjectType('Sim', { simpleResolvers: true, implements: NodeType, description: 'A subscriber identity module.' })
export class SimType implements NodeType {
  @Field(() => ID, { description: 'Global id.' })
  id!: string;

  @Field(() => String, { description: 'The number printed on it (ICCID): 19 or 20 digits.' })
  iccid!: string;

  @Field(() => String, {
    nullable: true,
    description:
      'The subscriber’s identity in the network (IMSI), 15 digits; null where it is unknown, and for customers.',
  })
  imsi!: string | null;

  @Field(() => SimStatus, { description: 'Where it stands in its life.' })
  status!: SimStatus;

  @Field(() => Instant, { nullable: true, description: 'When it was first switched on; null before.' })
  activatedAt!: string | null;

  @Field(() => Instant, { description: 'When it became known to us.' })
  createdAt!: string;
}

export const SimConnection = connectionOf(() => SimType, 'Sim', 'SIMs');
