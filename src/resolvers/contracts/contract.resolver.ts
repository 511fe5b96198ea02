import { Arg, Args, FieldResolver, ID, Query, Resolver } from 'type-graphql';
import type { Contract } from '../../entities/contracts/contract.entity.js';
import { PaymentListArgs } from '../../schema/billing/payment.inputs.js';
import { PaymentConnection } from '../../schema/billing/payment.type.js';
import { TariffType } from '../../schema/catalog/tariff.type.js';
import { ContractListArgs } from '../../schema/contracts/contract.inputs.js';
import { ContractConnection, ContractType } from '../../schema/contracts/contract.type.js';
import { CustomerType } from '../../schema/customers/customer.type.js';
import { MoneyType } from '../../schema/shared/money.type.js';
import { SimType } from '../../schema/sims/sim.type.js';
import { accounts, payments } from '../../services/billing/payment.queries.js';
import { tariffs } from '../../services/catalog/tariff.queries.js';
import { contracts } from '../../services/contracts/contract.queries.js';
import { customers } from '../../services/customers/customer.queries.js';
import { printPhoneNumber } from '../../services/shared/phone/phone-number.js';
import { page, pageOf } from '../../services/shared/read/reads/list.js';
import { moneyOf } from '../../services/shared/read/reads/money-of.js';
import { through } from '../../services/shared/read/reads/through.js';
import { byId, child, parent } from '../../services/shared/read/reads/to-one.js';
import { computed } from '../../services/shared/read/reads/values.js';
import { sims } from '../../services/sims/sim.queries.js';
import { Declares } from '../shared/declares.js';

@Resolver(() => ContractType)
export class ContractResolver {
  @Query(() => ContractType, { nullable: true, description: 'One contract; null when there is none that you may see.' })
  @Declares('id')
  contract(@Arg('id', () => ID, { description: 'The contract’s id.' }) id: string) {
    return byId(contracts, id);
  }

  @Query(() => ContractConnection, { description: 'The contracts that you may see.' })
  @Declares()
  contracts(@Args() list: ContractListArgs) {
    return page(contracts, list);
  }

  @FieldResolver(() => String, { description: 'The number as people write it, such as `8(900) 111-22-33`.' })
  @Declares()
  msisdnFormatted() {
    return computed<Contract>(['msisdn'], ({ msisdn }) => printPhoneNumber(msisdn));
  }

  @FieldResolver(() => CustomerType, { nullable: true, description: 'Whose it is; null where you may not see that.' })
  @Declares()
  customer() {
    return parent(customers, 'customer');
  }

  @FieldResolver(() => SimType, {
    nullable: true,
    description: 'The SIM that is in it, or was in it last; null where you may not see it.',
  })
  @Declares()
  sim() {
    return parent(sims, 'sim');
  }

  @FieldResolver(() => TariffType, { nullable: true, description: 'Its tariff; null where you may not see it.' })
  @Declares()
  tariff() {
    return parent(tariffs, 'tariff');
  }

  @FieldResolver(() => MoneyType, {
    nullable: true,
    description: 'Payments less charges, below zero for a debt; null where you may not see it.',
  })
  @Declares()
  balance() {
    return through(child(accounts, 'contract'), moneyOf('balance'));
  }

  @FieldResolver(() => PaymentConnection, { description: 'The payments for it that you may see.' })
  @Declares()
  payments(@Args() list: PaymentListArgs) {
    return pageOf(payments, ['contract'], list);
  }
}
