import { sql } from 'kysely';
import { z } from 'zod';
import type { Work } from '../shared/database/work.js';
import { ErrorCode } from '../shared/errors/error-code.js';
import { parseInput } from '../shared/errors/parse-input.js';
import { Refusal, type UserError } from '../shared/errors/refusal.js';
import { MOST_OPERATORS } from '../shared/limits/most-operators.js';
import { emailKey } from '../shared/text/email-address.js';
import { emailInput } from '../shared/text/text-input.js';
import { lockFor, updateSource } from './change-source.js';
import { insertSource, NAME_TAKEN } from './create-source.js';
import { type HeldSource, holdSourceNamed } from './hold-source.js';
import type { WeightChange } from './source.events.js';
import { newSource, type SourceSettings, withSettings } from './source.fields.js';
import { sourceName, sourceSettings, weightInput } from './source.input.js';
import { readWeights, refuseMoreOperators, writeWeights } from './write-weights.js';

/** A source as `sources.json` has it. */
export interface ListedSource extends SourceSettings {
  /** The key: the same name, whatever its case, is the same source. */
  readonly name: string;
  /** All of them: an operator who is not here takes no inquiries of the source. */
  readonly weights: readonly {
    /** The operator's e-mail. */
    readonly operator: string;
    /** The number as the file has it. */
    readonly weight: string;
  }[];
}

/** What taking a source in did. */
export interface TakenInSource {
  readonly sourceId: string;
  readonly outcome: 'created' | 'updated' | 'unchanged';
}

const listedWeight = z.strictObject(
  { operator: emailInput.transform(emailKey), weight: weightInput },
  {
    error: (issue) =>
      issue.code === 'unrecognized_keys' ? `has what no weight has: ${issue.keys.join(', ')}` : 'must be a weight',
  },
);
const schema = z.object({
  name: sourceName,
  ...sourceSettings,
  weights: z.array(listedWeight, 'must be a list of weights'),
});

type Listed = z.output<typeof schema>['weights'];

/**
 * Makes a source with its weights, or brings one that is known up to date: of its settings those that are listed, and all
 * weights. The same again changes nothing.
 *
 * @throws Refusal with BAD_USER_INPUT; LIMIT_EXCEEDED for more weights than a source may have; NOT_FOUND and STATE_NOT_ALLOWED for an operator who is unknown or was removed; what
 *   `changeSource` throws
 */
export async function takeInSource(work: Work, input: ListedSource): Promise<TakenInSource> {
  const { name, weights, ...settings } = parseInput(schema, input);
  if (weights.length > MOST_OPERATORS) throw refuseMoreOperators(['input', 'weights']);
  const wanted = await holdListed(work, weights);
  const known = await holdSourceNamed(work, name, lockFor(settings));
  if (!known) {
    const source = await makeSource(work, name, settings);
    await settleWeights(work, source, wanted);
    return { sourceId: source.id, outcome: 'created' };
  }
  const version = await updateSource(work, known, withSettings(known.fields, { name, ...settings }));
  const weighed = await settleWeights(work, { id: known.id, version }, wanted);
  return { sourceId: known.id, outcome: weighed || version !== known.version ? 'updated' : 'unchanged' };
}

async function makeSource(
  work: Work,
  name: string,
  settings: SourceSettings,
): Promise<Pick<HeldSource, 'id' | 'version'>> {
  const id = await insertSource(work, newSource(name, settings));
  if (id === undefined) throw NAME_TAKEN;
  return { id, version: 1 };
}

/**
 * Holds the operators that are listed, so that none is removed meanwhile.
 *
 * @returns the weights by the operators' keys
 * @throws Refusal with every fault of the list
 */
async function holdListed(work: Work, listed: Listed): Promise<Map<string, string>> {
  const rows = await work.rows(sql<{ id: string; email: string; removed: boolean }>`
    select o.id, l.email_key as email, o.removed_at is not null as removed
    from login l join operator o on o.user_id = l.user_id
    where l.email_key = any(${listed.map(({ operator }) => operator)}::text[]) order by o.id for share of o`);
  const operators = new Map(rows.map((row) => [row.email, row]));
  const wanted = new Map<string, string>();
  const errors: UserError[] = [];
  for (const [i, { operator, weight }] of listed.entries()) {
    const found = operators.get(operator);
    const fault = (code: ErrorCode, message: string) =>
      errors.push({ code, message, path: ['input', 'weights', String(i), 'operator'] });
    if (!found) fault(ErrorCode.NOT_FOUND, `There is no operator with the e-mail ${operator}.`);
    else if (found.removed) fault(ErrorCode.STATE_NOT_ALLOWED, `The operator ${operator} was removed.`);
    else if (wanted.has(found.id)) fault(ErrorCode.BAD_USER_INPUT, `The operator ${operator} stands here twice.`);
    else wanted.set(found.id, weight);
  }
  if (errors.length > 0) throw new Refusal(errors as [UserError, ...UserError[]]);
  return wanted;
}

/** @returns whether any weight was different */
async function settleWeights(
  work: Work,
  source: Pick<HeldSource, 'id' | 'version'>,
  wanted: ReadonlyMap<string, string>,
): Promise<boolean> {
  const known = await readWeights(work, source.id);
  const changes = [...new Set([...known.keys(), ...wanted.keys()])]
    .map((operatorId): WeightChange => {
      return { operatorId, before: known.get(operatorId) ?? null, after: wanted.get(operatorId) ?? null };
    })
    .filter(({ before, after }) => before !== after);
  await writeWeights(work, source, changes);
  return changes.length > 0;
}
