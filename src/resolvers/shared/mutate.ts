import type { Context } from '../../context.js';
import type { StatementWork, Work } from '../../services/shared/database/work.js';
import { concernsRights, Refusal, type UserError } from '../../services/shared/errors/refusal.js';

/** What a mutation answers: its result, or why there is none. */
export type Payload<Result extends object> = { [Field in keyof Result]: Result[Field] | null } & {
  readonly errors: readonly UserError[];
};

/**
 * Runs a use case as the transaction of a mutation and makes the payload.
 *
 * A refusal rolls everything back and becomes the payload's errors; one that concerns rights is thrown. A refusal that
 * the use case returns instead of throwing it becomes the payload's errors too, and what it changed is kept.
 *
 * @param run the use case, within the transaction
 * @param present reads what the payload shows, after the commit
 */
export async function mutate<Outcome, Result extends object>(
  context: Context,
  run: (work: Work) => Promise<Outcome | Refusal>,
  present: (outcome: Outcome) => Promise<Result>,
): Promise<Partial<Payload<Result>>> {
  return answer(context, () => context.database.transact(context.actor, run, context.client), present);
}

/** As `mutate`, for a use case that is one statement: there is no transaction around it. */
export async function mutateOnce<Outcome, Result extends object>(
  context: Context,
  run: (work: StatementWork) => Promise<Outcome | Refusal>,
  present: (outcome: Outcome) => Promise<Result>,
): Promise<Partial<Payload<Result>>> {
  return answer(context, () => context.database.once(context.actor, run, context.client), present);
}

async function answer<Outcome, Result extends object>(
  context: Context,
  done: () => Promise<Outcome | Refusal>,
  present: (outcome: Outcome) => Promise<Result>,
): Promise<Partial<Payload<Result>>> {
  return answerRefusal(async () => {
    const outcome = await done();
    context.reader.forget();
    if (outcome instanceof Refusal) return { errors: outcome.errors } as Partial<Payload<Result>>;
    return { ...(await present(outcome)), errors: [] } as unknown as Partial<Payload<Result>>;
  });
}

/** Makes a refusal that what a mutation does throws the payload's errors; one that concerns rights is thrown on. */
export async function answerRefusal<Result extends object>(
  run: () => Promise<Partial<Payload<Result>>>,
): Promise<Partial<Payload<Result>>> {
  try {
    return await run();
  } catch (error) {
    if (error instanceof Refusal && !concernsRights(error)) return { errors: error.errors } as Partial<Payload<Result>>;
    throw error;
  }
}
