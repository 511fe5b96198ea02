import { FieldResolver, ID, Resolver, Root } from 'type-graphql';
import type { TariffVersion } from '../../entities/catalog/tariff-version.entity.js';
import { TariffVersionType } from '../../schema/catalog/tariff-version.type.js';
import { encodeId } from '../../services/shared/ids/global-id.js';
import { money } from '../../services/shared/money/money.js';
import type { Row } from '../../services/shared/read/row.js';

@Resolver(() => TariffVersionType)
export class TariffVersionResolver {
  @FieldResolver(() => ID)
  id(@Root() version: Row<TariffVersion>) {
    return encodeId('TariffVersion', version.id);
  }

  @FieldResolver()
  pricePerMinute(@Root() version: Row<TariffVersion>) {
    return money(version.pricePerMinute, version.currency);
  }

  @FieldResolver()
  monthlyFee(@Root() version: Row<TariffVersion>) {
    return money(version.monthlyFee, version.currency);
  }
}
