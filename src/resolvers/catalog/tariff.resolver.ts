import { Arg, Args, Ctx, FieldResolver, ID, Query, Resolver, Root } from 'type-graphql';
import type { Context } from '../../context.js';
import type { Tariff } from '../../entities/catalog/tariff.entity.js';
import { TariffFilter, TariffOrder, TariffVersionOrder } from '../../schema/catalog/tariff.inputs.js';
import { TariffConnection, TariffType } from '../../schema/catalog/tariff.type.js';
import { TariffVersionConnection } from '../../schema/catalog/tariff-version.type.js';
import { ConnectionArgs } from '../../schema/shared/connection.type.js';
import { pricesInForce, tariffs, tariffVersions } from '../../services/catalog/tariff.queries.js';
import { encodeId, keyOf } from '../../services/shared/ids/global-id.js';
import { money } from '../../services/shared/money/money.js';
import type { Row } from '../../services/shared/read/row.js';

const pricesNow = ({ reader, database }: Context, tariff: Row<Tariff>) =>
  pricesInForce(reader, tariff.id, database.clock.now());

@Resolver(() => TariffType)
export class TariffResolver {
  @Query(() => TariffType, { nullable: true, description: 'One tariff; null when there is none that you may see.' })
  tariff(@Arg('id', () => ID, { description: 'The tariff’s id.' }) id: string, @Ctx() { reader }: Context) {
    return reader.byId(tariffs, keyOf('Tariff', id, ['id']));
  }

  @Query(() => TariffConnection, {
    description: 'The tariffs that you may see: a customer sees those on sale and those of their contracts.',
  })
  tariffs(
    @Args() page: ConnectionArgs,
    @Arg('filter', () => TariffFilter, { nullable: true, description: 'Which; all when left out.' })
    filter: TariffFilter | null,
    @Arg('orderBy', () => TariffOrder, { nullable: true, description: 'By name when left out.' })
    orderBy: TariffOrder | null,
    @Ctx() { reader }: Context,
  ) {
    return reader.page(tariffs, { ...page, filter, orderBy });
  }

  @FieldResolver(() => ID)
  id(@Root() tariff: Row<Tariff>) {
    return encodeId('Tariff', tariff.id);
  }

  @FieldResolver()
  async pricePerMinute(@Root() tariff: Row<Tariff>, @Ctx() context: Context) {
    const prices = await pricesNow(context, tariff);
    return money(prices.pricePerMinute, prices.currency);
  }

  @FieldResolver()
  async monthlyFee(@Root() tariff: Row<Tariff>, @Ctx() context: Context) {
    const prices = await pricesNow(context, tariff);
    return money(prices.monthlyFee, prices.currency);
  }

  @FieldResolver()
  async includedMinutes(@Root() tariff: Row<Tariff>, @Ctx() context: Context) {
    return (await pricesNow(context, tariff)).includedMinutes;
  }

  @FieldResolver()
  async billingStepSeconds(@Root() tariff: Row<Tariff>, @Ctx() context: Context) {
    return (await pricesNow(context, tariff)).billingStepSeconds;
  }

  @FieldResolver()
  async minimumSeconds(@Root() tariff: Row<Tariff>, @Ctx() context: Context) {
    return (await pricesNow(context, tariff)).minimumSeconds;
  }

  @FieldResolver(() => TariffVersionConnection, { description: 'Its prices of all times, future ones too.' })
  versions(
    @Root() tariff: Row<Tariff>,
    @Args() page: ConnectionArgs,
    @Arg('orderBy', () => TariffVersionOrder, { nullable: true, description: 'The latest first when left out.' })
    orderBy: TariffVersionOrder | null,
    @Ctx() { reader }: Context,
  ) {
    return reader.pageOf(tariffVersions, ['tariff'], tariff.id, { ...page, orderBy });
  }
}
