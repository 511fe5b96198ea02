import { z } from 'zod';
import { parseInput } from '../shared/errors/parse-input.js';
import { refuseInput } from '../shared/errors/refusal.js';
import { tidied } from '../shared/text/tidied.js';
import { sourceSettings } from './source.input.js';
import type { ListedSource } from './take-in-source.js';

const FIELDS = ['name', 'weights', ...Object.keys(sourceSettings)];

const anything = z.unknown();
const schema = z.array(
  z.strictObject(Object.fromEntries(FIELDS.map((field) => [field, anything.optional()])), {
    error: (issue) =>
      issue.code === 'unrecognized_keys' ? `has what no source has: ${issue.keys.join(', ')}` : 'must be a source',
  }),
  'This file is no list of sources.',
);

/** As engines give it that say how a value stands in the text; TypeScript's library does not know it yet. */
const parseJson = JSON.parse as (
  text: string,
  revive: (key: string, value: unknown, context: { readonly source?: string }) => unknown,
) => unknown;

/**
 * Reads a file of sources: a JSON list whose members are what `takeInSource` takes; a weight is a number or text. What
 * the fields hold is checked when a member is taken in.
 *
 * @param json the file's text
 * @throws Refusal with BAD_USER_INPUT on the path of the member, on its `name` where a source stands there twice, or on
 *   `file` where it is no JSON
 */
export function readSources(json: string): ListedSource[] {
  const sources = parseInput(schema, parse(json), []) as unknown as ListedSource[];
  const seen = new Set<string>();
  for (const [i, { name }] of sources.entries()) {
    if (typeof name !== 'string') continue;
    const key = tidied(name).toLowerCase();
    if (seen.has(key)) throw refuseInput([String(i), 'name'], `The source ${name} stands here twice.`);
    seen.add(key);
  }
  return sources;
}

/** A weight stays the text that it is in the file: as a number of JavaScript it would be rounded. */
function parse(json: string): unknown {
  try {
    return parseJson(json.replace(/^\uFEFF/, ''), (key, value, { source }) =>
      key === 'weight' && typeof value === 'number' ? source : value,
    );
  } catch {
    throw refuseInput(['file'], 'This file is no JSON.');
  }
}
