import { Arg, Args, Ctx, FieldResolver, ID, Mutation, Query, Resolver } from 'type-graphql';
import type { Context } from '../../context.js';
import { CallListArgs, RecordCallsInput } from '../../schema/calls/call.inputs.js';
import { RecordCallsPayload } from '../../schema/calls/call.payloads.js';
import { CallConnection, CallType } from '../../schema/calls/call.type.js';
import { ChargeType } from '../../schema/calls/charge.type.js';
import { REDIRECTION_SHOWN } from '../../services/calls/call.policy.js';
import { calls } from '../../services/calls/call.queries.js';
import { CALLED, CALLER, REDIRECTED_TO } from '../../services/calls/call-parties.js';
import { charges, OF_LEG } from '../../services/calls/charge.queries.js';
import { type CallOutcome, recordCalls } from '../../services/calls/record-calls.js';
import { runIdempotently } from '../../services/shared/database/run-idempotently.js';
import { page } from '../../services/shared/read/reads/list.js';
import { shown } from '../../services/shared/read/reads/shown.js';
import { byId, child } from '../../services/shared/read/reads/to-one.js';
import { Declares } from '../shared/declares.js';
import { mutate } from '../shared/mutate.js';

const count = (outcomes: readonly CallOutcome[], wanted: CallOutcome['outcome']) =>
  outcomes.filter(({ outcome }) => outcome === wanted).length;

const errorsOf = (outcome: CallOutcome) => (outcome.outcome === 'BAD' ? outcome.errors : []);

@Resolver(() => CallType)
export class CallResolver {
  @Query(() => CallType, { nullable: true, description: 'One call; null when there is none that you may see.' })
  @Declares('id')
  call(@Arg('id', () => ID, { description: 'The call’s id.' }) id: string) {
    return byId(calls, id);
  }

  @Query(() => CallConnection, { description: 'The calls that you may see.' })
  @Declares()
  calls(@Args() list: CallListArgs) {
    return page(calls, list);
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

  @FieldResolver()
  @Declares()
  caller() {
    return CALLER;
  }

  @FieldResolver()
  @Declares()
  called() {
    return CALLED;
  }

  @FieldResolver()
  @Declares()
  redirectedTo() {
    return shown(REDIRECTION_SHOWN, REDIRECTED_TO);
  }

  @FieldResolver(() => ChargeType, {
    nullable: true,
    description: 'What the caller’s leg cost; null for a call that was not answered, and where you may not see it.',
  })
  @Declares()
  charge() {
    return child(charges, 'call', OF_LEG.CALLER);
  }

  @FieldResolver(() => ChargeType, {
    nullable: true,
    description: 'What the leg onward cost the customer who redirected it; null where there is none that you may see.',
  })
  @Declares()
  onwardCharge() {
    return child(charges, 'call', OF_LEG.ONWARD);
  }
}
