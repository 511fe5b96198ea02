import { z } from 'zod';
import { parseInput } from '../shared/errors/parse-input.js';
import { refuseInput } from '../shared/errors/refusal.js';
import { type PublishTariffInput, tariffSchema } from './publish-tariff.js';

/**
 * Reads a file of tariffs: a JSON list whose members are tariffs as `publishTariff` takes them, without `validFrom`.
 *
 * @param json the file's text
 * @throws Refusal with BAD_USER_INPUT for every fault at once, on the path of the member and the field (`2`,
 * `monthlyFee`); on the path `file` where it is no JSON
 */
export function readTariffs(json: string, currency: string): PublishTariffInput[] {
  const tariffs = parseInput(
    z.array(tariffSchema(currency).omit({ validFrom: true }).strict(), 'must be a list of tariffs'),
    parse(json),
    [],
  );
  const seen = new Set<string>();
  for (const [i, { name }] of tariffs.entries()) {
    if (seen.has(name)) throw refuseInput([String(i), 'name'], `The tariff ${name} stands here twice.`);
    seen.add(name);
  }
  return tariffs;
}

function parse(json: string): unknown {
  try {
    return JSON.parse(json.replace(/^\uFEFF/, ''));
  } catch {
    throw refuseInput(['file'], 'This file is no JSON.');
  }
}
