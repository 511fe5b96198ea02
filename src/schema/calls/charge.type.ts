import { Field, ID, Int, ObjectType } from 'type-graphql';
import { CHARGE_LEG_LABELS, ChargeLeg } from '../../entities/calls/charge-leg.enum.js';
import { FREE_REASON_LABELS, FreeReason } from '../../entities/calls/free-reason.enum.js';
import { connectionOf } from '../shared/connection.type.js';
import { describeEnum } from '../shared/describe-enum.js';
import { MoneyType } from '../shared/money.type.js';
import { NodeType } from '../shared/node.type.js';
import { Instant } from '../shared/scalars.js';

describeEnum(ChargeLeg, {
  name: 'ChargeLeg',
  description: 'Which leg of a call a charge is for.',
  values: {
    CALLER: 'From the caller to the number called, paid by the caller.',
    ONWARD: 'From a customer who redirected the call onward, paid by that customer.',
  },
  labels: CHARGE_LEG_LABELS,
});

describeEnum(FreeReason, {
  name: 'FreeReason',
  description: 'Why a leg cost nothing, whatever its length.',
  values: {
    BY_OPERATOR: 'An operator called.',
    TO_OPERATOR: 'It went to an operator.',
    NOT_OUR_SUBSCRIBER: 'Who should pay is no subscriber of ours.',
  },
  labels: FREE_REASON_LABELS,
});

@ObjectType('Charge', {
  simpleResolvers: true,
  implements: NodeType,
  description:
    'What one leg of an answered call cost. Every answered call has its caller’s leg, at zero where it was free.',
})
export class ChargeType implements NodeType {
  @Field(() => ID, { description: 'Global id.' })
  id!: string;

  @Field(() => ChargeLeg, { description: 'Which leg it is for.' })
  leg!: ChargeLeg;

  @Field(() => FreeReason, { nullable: true, description: 'Why it was free; null where it was rated.' })
  freeReason!: FreeReason | null;

  @Field(() => Instant, { description: 'When the call began.' })
  startedAt!: string;

  @Field(() => Int, { description: 'Seconds spoken.' })
  durationSeconds!: number;

  @Field(() => Int, { description: 'Seconds after the tariff’s minimum and step; 0 where it was free.' })
  billedSeconds!: number;

  @Field(() => Int, { description: 'Of the seconds billed, how many the month’s included minutes covered.' })
  includedSeconds!: number;

  @Field(() => MoneyType, { nullable: true, description: 'What a minute cost; null where it was free.' })
  pricePerMinute!: MoneyType | null;

  @Field(() => MoneyType, { description: 'What it came to, to six decimals, half-up.' })
  amount!: MoneyType;
}

export const ChargeConnection = connectionOf(() => ChargeType, 'Charge', 'charges');
