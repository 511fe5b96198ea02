import { Arg, Args, Ctx, FieldResolver, ID, Mutation, Query, Resolver } from 'type-graphql';
import type { Context } from '../../context.js';
import { PaymentListArgs, RecordPaymentInput } from '../../schema/billing/payment.inputs.js';
import { RecordPaymentPayload } from '../../schema/billing/payment.payloads.js';
import { PaymentConnection, PaymentType } from '../../schema/billing/payment.type.js';
import { ContractType } from '../../schema/contracts/contract.type.js';
import { CustomerType } from '../../schema/customers/customer.type.js';
import { UserType } from '../../schema/identity/user.type.js';
import { payments } from '../../services/billing/payment.queries.js';
import { recordPayment } from '../../services/billing/record-payment.js';
import { contracts } from '../../services/contracts/contract.queries.js';
import { customers } from '../../services/customers/customer.queries.js';
import { users } from '../../services/identity/user.queries.js';
import { page } from '../../services/shared/read/reads/list.js';
import { moneyOf } from '../../services/shared/read/reads/money-of.js';
import { byId, parent } from '../../services/shared/read/reads/to-one.js';
import { Declares } from '../shared/declares.js';
import { mutate } from '../shared/mutate.js';

@Resolver(() => PaymentType)
export class PaymentResolver {
  @Query(() => PaymentType, { nullable: true, description: 'One payment; null when there is none that you may see.' })
  @Declares('id')
  payment(@Arg('id', () => ID, { description: 'The payment’s id.' }) id: string) {
    return byId(payments, id);
  }

  @Query(() => PaymentConnection, { description: 'The payments that you may see.' })
  @Declares()
  payments(@Args() list: PaymentListArgs) {
    return page(payments, list);
  }

  @Mutation(() => RecordPaymentPayload, {
    description: 'GetDeposit: records a payment and posts it to the contract’s account.',
  })
  recordPayment(
    @Arg('input', () => RecordPaymentInput, { description: 'How much, and for which contract.' })
    input: RecordPaymentInput,
    @Ctx() context: Context,
  ) {
    return mutate(
      context,
      (work) => recordPayment(work, input),
      async ({ paymentId }) => ({ payment: await context.reader.byId(payments, paymentId) }),
    );
  }

  @FieldResolver()
  @Declares()
  amount() {
    return moneyOf('amount');
  }

  @FieldResolver(() => ContractType, {
    nullable: true,
    description: 'What it was paid for; null where you may not see that.',
  })
  @Declares()
  contract() {
    return parent(contracts, 'contract');
  }

  @FieldResolver(() => CustomerType, { nullable: true, description: 'Who paid; null where you may not see that.' })
  @Declares()
  customer() {
    return parent(customers, 'customer');
  }

  @FieldResolver(() => UserType, {
    nullable: true,
    description:
      'Who took it; null for one that was loaded or that a partner recorded, and where you may not see that.',
  })
  @Declares()
  takenBy() {
    return parent(users, 'takenBy');
  }
}
