import { Arg, Args, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root } from 'type-graphql';
import type { Context } from '../../context.js';
import type { Call } from '../../entities/calls/call.entity.js';
import { ChargeLeg } from '../../entities/calls/charge-leg.enum.js';
import { CallListArgs, RecordCallsInput } from '../../schema/calls/call.inputs.js';
import { RecordCallsPayload } from '../../schema/calls/call.payloads.js';
import { CallConnection, CallType } from '../../schema/calls/call.type.js';
import { ChargeType } from '../../schema/calls/charge.type.js';
import { seesRedirection } from '../../services/calls/call.policy.js';
import { calls } from '../../services/calls/call.queries.js';
import { callConditions } from '../../services/calls/call-conditions.js';
import { chargeOfCall } from '../../services/calls/charge.queries.js';
import { type CallOutcome, recordCalls } from '../../services/calls/record-calls.js';
import { runIdempotently } from '../../services/shared/database/run-idempotently.js';
import { encodeId, keyOf } from '../../services/shared/ids/global-id.js';
import type { Row } from '../../services/shared/read/row.js';
import { mutate } from '../shared/mutate.js';
import type { CallPartyRow } from './call-party.resolver.js';

const count = (outcomes: readonly CallOutcome[], wanted: CallOutcome['outcome']) =>
  outcomes.filter(({ outcome }) => outcome === wanted).length;

const errorsOf = (outcome: CallOutcome) => (outcome.outcome === 'BAD' ? outcome.errors : []);

@Resolver(() => CallType)
export class CallResolver {
  @Query(() => CallType, { nullable: true, description: 'One call; null when there is none that you may see.' })
  call(@Arg('id', () => ID, { description: 'The call’s id.' }) id: string, @Ctx() { reader }: Context) {
    return reader.byId(calls, keyOf('Call', id, ['id']));
  }

  @Query(() => CallConnection, { description: 'The calls that you may see.' })
  calls(@Args() { filter, ...page }: CallListArgs, @Ctx() { reader, actor, database }: Context) {
    const conditions = callConditions(actor, database.settings.calendar, filter);
    return reader.page(calls, { ...page, filter: conditions });
  }

  @Mutation(() => RecordCallsPayload, {
    description:
      'Records calls, rates and charges them, each whole or not at all: a bad one is listed, and the others count. A call that is known already stays as it is.',
  })
  async recordCalls(
    @Arg('input', () => RecordCallsInput, { description: 'The calls.' }) input: RecordCallsInput,
    @Ctx() context: Context,
  ) {
    const payload = await mutate(
      context,
      (work) => runIdempotently(work, 'recordCalls', input, () => recordCalls(work, input.calls)),
      async (outcomes) => ({
        calls: await Promise.all(
          outcomes.map(async (one, index) => ({
            index,
            outcome: one.outcome,
            call: one.outcome === 'BAD' ? null : await context.reader.byId(calls, one.callId),
            errors: errorsOf(one),
          })),
        ),
        recorded: count(outcomes, 'RECORDED'),
        duplicates: count(outcomes, 'DUPLICATE'),
        bad: count(outcomes, 'BAD'),
      }),
    );
    const ofBadCalls = payload.calls?.flatMap(({ errors }) => errors) ?? [];
    return { ...payload, errors: [...(payload.errors ?? []), ...ofBadCalls] };
  }

  @FieldResolver(() => ID)
  id(@Root() call: Row<Call>) {
    return encodeId('Call', call.id);
  }

  @FieldResolver()
  caller(@Root() call: Row<Call>): CallPartyRow {
    const { callerNumber: number, callerCustomer, callerContract, callerOperator } = call;
    return { number, customerKey: callerCustomer, contractKey: callerContract, operatorKey: callerOperator };
  }

  @FieldResolver()
  called(@Root() call: Row<Call>): CallPartyRow {
    const { calledNumber: number, calledCustomer, calledContract, calledOperator } = call;
    return { number, customerKey: calledCustomer, contractKey: calledContract, operatorKey: calledOperator };
  }

  @FieldResolver()
  redirectedTo(@Root() call: Row<Call>, @Ctx() { actor }: Context): CallPartyRow | null {
    const { redirectedToNumber: number, redirectedToCustomer, redirectedToOperator } = call;
    if (number === null || !seesRedirection(actor, call)) return null;
    return { number, customerKey: redirectedToCustomer, contractKey: null, operatorKey: redirectedToOperator };
  }

  @FieldResolver(() => ChargeType, {
    nullable: true,
    description: 'What the caller’s leg cost; null for a call that was not answered, and where you may not see it.',
  })
  charge(@Root() call: Row<Call>, @Ctx() { reader }: Context) {
    return chargeOfCall(reader, call.id, ChargeLeg.CALLER);
  }

  @FieldResolver(() => ChargeType, {
    nullable: true,
    description: 'What the leg onward cost the customer who redirected it; null where there is none that you may see.',
  })
  onwardCharge(@Root() call: Row<Call>, @Ctx() { reader }: Context) {
    return chargeOfCall(reader, call.id, ChargeLeg.ONWARD);
  }
}
