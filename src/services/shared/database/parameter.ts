import type { Actor } from '../access/actor.js';
import type { Calendar } from '../time/calendar.js';

/** What a statement runs for. */
export interface ReadScope {
  readonly actor: Actor;
  /** In the organisation's time zone. */
  readonly calendar: Calendar;
  readonly now: () => Date;
  /** The place in the event log before the operation read anything, where it asks for it. */
  readonly feedCursor?: string | undefined;
}

/** A value of a statement that is known when it runs: it stands in `sql` where the value itself would. */
export class Parameter<Scope extends ReadScope = ReadScope> {
  constructor(
    /** @throws Refusal for a value that a client gave and that is none */
    readonly of: (scope: Scope) => unknown,
  ) {}
}

/** Parameters with their values. */
export function bind<Scope extends ReadScope>(parameters: readonly unknown[], scope: Scope | undefined): unknown[] {
  return parameters.map((one) => {
    if (!(one instanceof Parameter)) return one;
    if (!scope) throw new Error('A statement with parameters needs a scope to run in.');
    return one.of(scope);
  });
}

/** The instant at which a statement runs, in ISO 8601. */
export const NOW = new Parameter(({ now }) => now().toISOString());
