import { Field, ID, Int, ObjectType } from 'type-graphql';
import { LONGEST_TARIFF_DESCRIPTION } from '../../services/shared/limits/longest-texts.js';
import { connectionOf } from '../shared/connection.type.js';
import { CountsForText } from '../shared/counts-for.js';
import { MoneyType } from '../shared/money.type.js';
import { NodeType } from '../shared/node.type.js';
import { Instant } from '../shared/scalars.js';

@ObjectType('Tariff', {
  simpleResolvers: true,
  implements: NodeType,
  description:
    'What a subscriber pays by. Its prices are those in force now, or its first ones before these begin; `versions` has all.',
})
export class TariffType implements NodeType {
  @Field(() => ID, { description: 'Global id.' })
  id!: string;

  @Field(() => String, { description: 'What it is called; no other is called the same.' })
  name!: string;

  @Field(() => String, { description: 'For customers to read; may be empty.' })
  @CountsForText(LONGEST_TARIFF_DESCRIPTION)
  description!: string;

  @Field(() => Boolean, { description: 'On sale: a new contract may be made on it.' })
  active!: boolean;

  @Field(() => MoneyType, { description: 'What a minute costs now, up to six decimals.' })
  pricePerMinute!: MoneyType;

  @Field(() => MoneyType, { description: 'What a month costs now.' })
  monthlyFee!: MoneyType;

  @Field(() => Int, { description: 'Free minutes per contract and calendar month, now.' })
  includedMinutes!: number;

  @Field(() => Int, { description: 'A call is billed in whole steps of so many seconds, now.' })
  billingStepSeconds!: number;

  @Field(() => Int, { description: 'A call that was answered is billed for at least so many seconds, now.' })
  minimumSeconds!: number;

  @Field(() => Instant, { description: 'When it was first published.' })
  createdAt!: string;
}

export const TariffConnection = connectionOf(() => TariffType, 'Tariff', 'tariffs');
