import { Arg, Args, FieldResolver, ID, Query, Resolver } from 'type-graphql';
import { TariffListArgs, TariffVersionListArgs } from '../../schema/catalog/tariff.inputs.js';
import { TariffConnection, TariffType } from '../../schema/catalog/tariff.type.js';
import { TariffVersionConnection } from '../../schema/catalog/tariff-version.type.js';
import { IN_FORCE, tariffs, tariffVersions } from '../../services/catalog/tariff.queries.js';
import { page, pageOf } from '../../services/shared/read/reads/list.js';
import { moneyOf } from '../../services/shared/read/reads/money-of.js';
import { through } from '../../services/shared/read/reads/through.js';
import { byId, child } from '../../services/shared/read/reads/to-one.js';
import { column } from '../../services/shared/read/reads/values.js';
import { Declares } from '../shared/declares.js';

const PRICES_NOW = child(tariffVersions, 'tariff', IN_FORCE);

@Resolver(() => TariffType)
export class TariffResolver {
  @Query(() => TariffType, { nullable: true, description: 'One tariff; null when there is none that you may see.' })
  @Declares('id')
  tariff(@Arg('id', () => ID, { description: 'The tariff’s id.' }) id: string) {
    return byId(tariffs, id);
  }

  @Query(() => TariffConnection, {
    description: 'The tariffs that you may see: a customer sees those on sale and those of their contracts.',
  })
  @Declares()
  tariffs(@Args() list: TariffListArgs) {
    return page(tariffs, list);
  }

  @FieldResolver()
  @Declares()
  pricePerMinute() {
    return through(PRICES_NOW, moneyOf('pricePerMinute'));
  }

  @FieldResolver()
  @Declares()
  monthlyFee() {
    return through(PRICES_NOW, moneyOf('monthlyFee'));
  }

  @FieldResolver()
  @Declares()
  includedMinutes() {
    return through(PRICES_NOW, column('includedMinutes'));
  }

  @FieldResolver()
  @Declares()
  billingStepSeconds() {
    return through(PRICES_NOW, column('billingStepSeconds'));
  }

  @FieldResolver()
  @Declares()
  minimumSeconds() {
    return through(PRICES_NOW, column('minimumSeconds'));
  }

  @FieldResolver(() => TariffVersionConnection, { description: 'Its prices of all times, future ones too.' })
  @Declares()
  versions(@Args() list: TariffVersionListArgs) {
    return pageOf(tariffVersions, ['tariff'], list);
  }
}
