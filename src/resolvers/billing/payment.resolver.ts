import { Arg, Args, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root } from 'type-graphql';
import type { Context } from '../../context.js';
import type { Payment } from '../../entities/billing/payment.entity.js';
import { PaymentFilter, PaymentOrder, RecordPaymentInput } from '../../schema/billing/payment.inputs.js';
import { RecordPaymentPayload } from '../../schema/billing/payment.payloads.js';
import { PaymentConnection, PaymentType } from '../../schema/billing/payment.type.js';
import { ContractType } from '../../schema/contracts/contract.type.js';
import { CustomerType } from '../../schema/customers/customer.type.js';
import { UserType } from '../../schema/identity/user.type.js';
import { ConnectionArgs } from '../../schema/shared/connection.type.js';
import { payments } from '../../services/billing/payment.queries.js';
import { recordPayment } from '../../services/billing/record-payment.js';
import { contracts } from '../../services/contracts/contract.queries.js';
import { customers } from '../../services/customers/customer.queries.js';
import { users } from '../../services/identity/user.queries.js';
import { encodeId, keyOf } from '../../services/shared/ids/global-id.js';
import { money } from '../../services/shared/money/money.js';
import type { Row } from '../../services/shared/read/row.js';
import { mutate } from '../shared/mutate.js';

@Resolver(() => PaymentType)
export class PaymentResolver {
  @Query(() => PaymentType, { nullable: true, description: 'One payment; null when there is none that you may see.' })
  payment(@Arg('id', () => ID, { description: 'The payment’s id.' }) id: string, @Ctx() { reader }: Context) {
    return reader.byId(payments, keyOf('Payment', id, ['id']));
  }

  @Query(() => PaymentConnection, { description: 'The payments that you may see.' })
  payments(
    @Args() page: ConnectionArgs,
    @Arg('filter', () => PaymentFilter, { nullable: true, description: 'Which; all when left out.' })
    filter: PaymentFilter | null,
    @Arg('orderBy', () => PaymentOrder, { nullable: true, description: 'The latest first when left out.' })
    orderBy: PaymentOrder | null,
    @Ctx() { reader }: Context,
  ) {
    return reader.page(payments, { ...page, filter, orderBy });
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

  @FieldResolver(() => ID)
  id(@Root() payment: Row<Payment>) {
    return encodeId('Payment', payment.id);
  }

  @FieldResolver()
  amount(@Root() payment: Row<Payment>) {
    return money(payment.amount, payment.currency);
  }

  @FieldResolver(() => ContractType, {
    nullable: true,
    description: 'What it was paid for; null where you may not see that.',
  })
  contract(@Root() payment: Row<Payment>, @Ctx() { reader }: Context) {
    return reader.byId(contracts, payment.contract);
  }

  @FieldResolver(() => CustomerType, { nullable: true, description: 'Who paid; null where you may not see that.' })
  customer(@Root() payment: Row<Payment>, @Ctx() { reader }: Context) {
    return reader.byId(customers, payment.customer);
  }

  @FieldResolver(() => UserType, {
    nullable: true,
    description: 'Who took it; null for one that was loaded, and where you may not see that.',
  })
  takenBy(@Root() payment: Row<Payment>, @Ctx() { reader }: Context) {
    return reader.byId(users, payment.takenBy);
  }
}
