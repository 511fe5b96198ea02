import { Field, ID, Int, ObjectType } from 'type-graphql';
import { CALL_DIRECTION_LABELS, CallDirection } from '../../entities/calls/call-direction.enum.js';
import { CALL_STATUS_LABELS, CallStatus } from '../../entities/calls/call-status.enum.js';
import { connectionOf } from '../shared/connection.type.js';
import { describeEnum } from '../shared/describe-enum.js';
import { NodeType } from '../shared/node.type.js';
import { Instant } from '../shared/scalars.js';

describeEnum(CallStatus, {
  name: 'CallStatus',
  description: 'How a call ended.',
  values: {
    COMPLETED: 'It was answered.',
    REJECTED: 'It was refused, found the line busy, or failed.',
    REDIRECTED: 'It was answered, and passed on to another number.',
    MISSED: 'Nobody answered it.',
  },
  labels: CALL_STATUS_LABELS,
});

describeEnum(CallDirection, {
  name: 'CallDirection',
  description: 'Which way a call went, seen from the contact centre.',
  values: {
    INBOUND: 'To an operator.',
    OUTBOUND: 'By an operator.',
    INTERNAL: 'From one operator to another.',
    NETWORK: 'Through the network, with no operator at either end.',
  },
  labels: CALL_DIRECTION_LABELS,
});

@ObjectType('CallParty', {
  simpleResolvers: true,
  description: 'One end of a call: its number, and who had that number when the call began.',
})
export class CallPartyType {
  @Field(() => String, {
    description: 'In E.164, such as `+79001112233`; an internal or short number as the exchange wrote it.',
  })
  number!: string;

  @Field(() => String, { description: 'The number as people write it, such as `8(900) 111-22-33`.' })
  formatted!: string;
}

@ObjectType('Call', { simpleResolvers: true, implements: NodeType, description: 'One call attempt, with its outcome.' })
export class CallType implements NodeType {
  @Field(() => ID, { description: 'Global id.' })
  id!: string;

  @Field(() => CallDirection, { description: 'Which way it went.' })
  direction!: CallDirection;

  @Field(() => CallStatus, { description: 'How it ended.' })
  status!: CallStatus;

  @Field(() => CallPartyType, { description: 'Who called.' })
  caller!: CallPartyType;

  @Field(() => CallPartyType, { description: 'Who was called.' })
  called!: CallPartyType;

  @Field(() => CallPartyType, {
    nullable: true,
    description:
      'Where it was passed on to; null when it was not, and for a caller where another customer redirected it.',
  })
  redirectedTo!: CallPartyType | null;

  @Field(() => Instant, { description: 'When it began; who held the numbers then, and at which prices, counts.' })
  startedAt!: string;

  @Field(() => Instant, { nullable: true, description: 'When it was answered; null when it was not, or not told.' })
  answeredAt!: string | null;

  @Field(() => Instant, { nullable: true, description: 'When it ended; null when that was not told.' })
  endedAt!: string | null;

  @Field(() => Int, { description: 'Seconds spoken; 0 unless it was answered.' })
  durationSeconds!: number;

  @Field(() => Instant, { description: 'When it was recorded here.' })
  recordedAt!: string;
}

export const CallConnection = connectionOf(() => CallType, 'Call', 'calls');
