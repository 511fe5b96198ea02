import { Field, ObjectType } from 'type-graphql';
import { DecimalScalar } from './decimal.scalar.js';
import { Currency } from './scalars.js';

@ObjectType('Money', { simpleResolvers: true, description: 'An amount of money in a currency.' })
export class MoneyType {
  @Field(() => DecimalScalar, {
    description: 'Exact; a charge has up to six decimals, what is paid has those of the currency.',
  })
  amount!: string;

  @Field(() => Currency, { description: 'ISO 4217 code.' })
  currency!: string;
}
