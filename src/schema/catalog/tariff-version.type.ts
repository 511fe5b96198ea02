import { Field, ID, Int, ObjectType } from 'type-graphql';
import { connectionOf } from '../shared/connection.type.js';
import { MoneyType } from '../shared/money.type.js';
import { NodeType } from '../shared/node.type.js';
import { Instant } from '../shared/scalars.js';

@ObjectType('TariffVersion', {
  simpleResolvers: true,
  implements: NodeType,
  description: 'A tariff’s prices from an instant on, until its next version; never changed once made.',
})
export class TariffVersionType implements NodeType {
  @Field(() => ID, { description: 'Global id.' })
  id!: string;

  @Field(() => Instant, { description: 'Since when these prices hold.' })
  validFrom!: string;

  @Field(() => MoneyType, { description: 'What a minute costs, up to six decimals.' })
  pricePerMinute!: MoneyType;

  @Field(() => MoneyType, { description: 'What a month costs.' })
  monthlyFee!: MoneyType;

  @Field(() => Int, { description: 'Free minutes per contract and calendar month.' })
  includedMinutes!: number;

  @Field(() => Int, { description: 'A call is billed in whole steps of so many seconds.' })
  billingStepSeconds!: number;

  @Field(() => Int, { description: 'A call that was answered is billed for at least so many seconds.' })
  minimumSeconds!: number;
}

export const TariffVersionConnection = connectionOf(() => TariffVersionType, 'TariffVersion', 'versions of a tariff');
