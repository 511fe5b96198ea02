import { FieldResolver, Resolver } from 'type-graphql';
import { TariffVersionType } from '../../schema/catalog/tariff-version.type.js';
import { moneyOf } from '../../services/shared/read/reads/money-of.js';
import { Declares } from '../shared/declares.js';

@Resolver(() => TariffVersionType)
export class TariffVersionResolver {
  @FieldResolver()
  @Declares()
  pricePerMinute() {
    return moneyOf('pricePerMinute');
  }

  @FieldResolver()
  @Declares()
  monthlyFee() {
    return moneyOf('monthlyFee');
  }
}
