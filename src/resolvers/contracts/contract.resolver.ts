import { Arg, Args, Ctx, FieldResolver, ID, Query, Resolver, Root } from 'type-graphql';
import type { Context } from '../../context.js';
import type { Contract } from '../../entities/contracts/contract.entity.js';
import { PaymentFilter, PaymentOrder } from '../../schema/billing/payment.inputs.js';
import { PaymentConnection } from '../../schema/billing/payment.type.js';
import { TariffType } from '../../schema/catalog/tariff.type.js';
import { ContractFilter, ContractOrder } from '../../schema/contracts/contract.inputs.js';
import { ContractConnection, ContractType } from '../../schema/contracts/contract.type.js';
import { CustomerType } from '../../schema/customers/customer.type.js';
import { ConnectionArgs } from '../../schema/shared/connection.type.js';
import { MoneyType } from '../../schema/shared/money.type.js';
import { SimType } from '../../schema/sims/sim.type.js';
import { accounts, payments } from '../../services/billing/payment.queries.js';
import { tariffs } from '../../services/catalog/tariff.queries.js';
import { contracts } from '../../services/contracts/contract.queries.js';
import { customers } from '../../services/customers/customer.queries.js';
import { encodeId, keyOf } from '../../services/shared/ids/global-id.js';
import { money } from '../../services/shared/money/money.js';
import { printPhoneNumber } from '../../services/shared/phone/phone-number.js';
import type { Row } from '../../services/shared/read/row.js';
import { sims } from '../../services/sims/sim.queries.js';

@Resolver(() => ContractType)
export class ContractResolver {
  @Query(() => ContractType, { nullable: true, description: 'One contract; null when there is none that you may see.' })
  contract(@Arg('id', () => ID, { description: 'The contract’s id.' }) id: string, @Ctx() { reader }: Context) {
    return reader.byId(contracts, keyOf('Contract', id, ['id']));
  }

  @Query(() => ContractConnection, { description: 'The contracts that you may see.' })
  contracts(
    @Args() page: ConnectionArgs,
    @Arg('filter', () => ContractFilter, { nullable: true, description: 'Which; all when left out.' })
    filter: ContractFilter | null,
    @Arg('orderBy', () => ContractOrder, { nullable: true, description: 'The first registered first when left out.' })
    orderBy: ContractOrder | null,
    @Ctx() { reader }: Context,
  ) {
    return reader.page(contracts, { ...page, filter, orderBy });
  }

  @FieldResolver(() => ID)
  id(@Root() contract: Row<Contract>) {
    return encodeId('Contract', contract.id);
  }

  @FieldResolver(() => String, { description: 'The number as people write it, such as `8(900) 111-22-33`.' })
  msisdnFormatted(@Root() contract: Row<Contract>) {
    return printPhoneNumber(contract.msisdn);
  }

  @FieldResolver(() => CustomerType, { nullable: true, description: 'Whose it is; null where you may not see that.' })
  customer(@Root() contract: Row<Contract>, @Ctx() { reader }: Context) {
    return reader.byId(customers, contract.customer);
  }

  @FieldResolver(() => SimType, {
    nullable: true,
    description: 'The SIM that is in it, or was in it last; null where you may not see it.',
  })
  sim(@Root() contract: Row<Contract>, @Ctx() { reader }: Context) {
    return reader.byId(sims, contract.sim);
  }

  @FieldResolver(() => TariffType, { nullable: true, description: 'Its tariff; null where you may not see it.' })
  tariff(@Root() contract: Row<Contract>, @Ctx() { reader }: Context) {
    return reader.byId(tariffs, contract.tariff);
  }

  @FieldResolver(() => MoneyType, {
    nullable: true,
    description: 'Payments less charges, below zero for a debt; null where you may not see it.',
  })
  async balance(@Root() contract: Row<Contract>, @Ctx() { reader }: Context) {
    const account = await reader.byUnique(accounts, 'contract', contract.id);
    return account && money(account.balance!, account.currency);
  }

  @FieldResolver(() => PaymentConnection, { description: 'The payments for it that you may see.' })
  payments(
    @Root() contract: Row<Contract>,
    @Args() page: ConnectionArgs,
    @Arg('filter', () => PaymentFilter, { nullable: true, description: 'Which; all when left out.' })
    filter: PaymentFilter | null,
    @Arg('orderBy', () => PaymentOrder, { nullable: true, description: 'The latest first when left out.' })
    orderBy: PaymentOrder | null,
    @Ctx() { reader }: Context,
  ) {
    return reader.pageOf(payments, ['contract'], contract.id, { ...page, filter, orderBy });
  }
}
