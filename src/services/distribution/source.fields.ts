import { refuseInput } from '../shared/errors/refusal.js';

/** What of a source somebody set, as it is stored. */
export interface SourceFields {
  readonly name: string;
  readonly description: string;
  readonly ownExternalIds: boolean;
  readonly sticky: boolean;
  readonly asksPresence: boolean;
  readonly acceptWithinSeconds: number | null;
  readonly answerWithinSeconds: number | null;
  readonly warnBeforeSeconds: number | null;
  readonly skills: readonly string[];
  readonly priority: number;
}

/** Settings of a source as an input has them; what is left out stays as it is, or as a new source has it. */
export interface SourceSettings {
  readonly description?: string | null | undefined;
  readonly ownExternalIds?: boolean | null | undefined;
  readonly sticky?: boolean | null | undefined;
  readonly asksPresence?: boolean | null | undefined;
  /** Null: an inquiry is its operator’s at once. */
  readonly acceptWithinSeconds?: number | null | undefined;
  /** Null: there is no deadline. */
  readonly answerWithinSeconds?: number | null | undefined;
  /** Null: nothing is warned of. */
  readonly warnBeforeSeconds?: number | null | undefined;
  readonly skills?: readonly string[] | null | undefined;
  readonly priority?: number | null | undefined;
}

const NEW: Omit<SourceFields, 'name'> = {
  description: '',
  ownExternalIds: false,
  sticky: false,
  asksPresence: false,
  acceptWithinSeconds: null,
  answerWithinSeconds: null,
  warnBeforeSeconds: null,
  skills: [],
  priority: 0,
};

/** What a new source has with these settings. */
export function newSource(name: string, given: SourceSettings): SourceFields {
  return withSettings({ name, ...NEW }, given);
}

/**
 * What a source has with these settings in place of its own.
 *
 * @throws Refusal with BAD_USER_INPUT for a warning without a deadline, or not before it is due
 */
export function withSettings(
  before: SourceFields,
  given: SourceSettings & { readonly name?: string | null | undefined },
): SourceFields {
  const nullable = (field: 'acceptWithinSeconds' | 'answerWithinSeconds' | 'warnBeforeSeconds') =>
    given[field] === undefined ? before[field] : given[field];
  const after: SourceFields = {
    name: given.name ?? before.name,
    description: given.description ?? before.description,
    ownExternalIds: given.ownExternalIds ?? before.ownExternalIds,
    sticky: given.sticky ?? before.sticky,
    asksPresence: given.asksPresence ?? before.asksPresence,
    acceptWithinSeconds: nullable('acceptWithinSeconds'),
    answerWithinSeconds: nullable('answerWithinSeconds'),
    warnBeforeSeconds: nullable('warnBeforeSeconds'),
    skills: given.skills ?? before.skills,
    priority: given.priority ?? before.priority,
  };
  checkWarning(after, given.warnBeforeSeconds == null ? 'answerWithinSeconds' : 'warnBeforeSeconds');
  return after;
}

function checkWarning({ answerWithinSeconds, warnBeforeSeconds }: SourceFields, field: string): void {
  if (warnBeforeSeconds === null) return;
  if (answerWithinSeconds === null) {
    throw refuseInput(['input', field], 'A warning needs a deadline to warn of: set both, or neither.');
  }
  if (warnBeforeSeconds >= answerWithinSeconds) {
    const message = `A warning ${warnBeforeSeconds} seconds before a deadline of ${answerWithinSeconds} would come too early: it must be fewer.`;
    throw refuseInput(['input', field], message);
  }
}
