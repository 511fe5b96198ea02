import { parseArgs } from 'node:util';
import { CASES, type CaseName } from '../reads/question.ts';
import type { Schedule } from './time-variants.ts';
import { VARIANT_NAMES, type VariantName, variantNamed } from './variants.ts';

/** What a run of the experiments is asked for. */
export interface Options {
  readonly cases: readonly CaseName[];
  /** The reference and the plans are always among them. */
  readonly variants: readonly VariantName[];
  readonly schedule: Schedule;
  readonly seed: number;
  /** Ends once answers were compared. */
  readonly checkOnly: boolean;
  readonly help: boolean;
}

export const HELP = `npm run bench -- experiments [options]

  --only page,card         which cases (page, card, list, node; deep when named)
  --variants plans,jit     which variants, beside resolvers and plans (${VARIANT_NAMES.join(', ')})
  --rounds 5 --seconds 1.5 --warm-up 0.5 --connections 16
  --seed 1                 what is drawn for the comparison of answers
  --check                  compares answers and ends
`;

/** @throws TypeError for an option, a case or a variant that there is not */
export function readOptions(args: readonly string[]): Options {
  const { values } = parseArgs({
    args: [...args],
    options: {
      only: { type: 'string', default: 'page,card,list,node' },
      variants: { type: 'string', default: VARIANT_NAMES.join(',') },
      rounds: { type: 'string', default: '5' },
      seconds: { type: 'string', default: '1.5' },
      'warm-up': { type: 'string', default: '0.5' },
      connections: { type: 'string', default: '16' },
      seed: { type: 'string', default: '1' },
      check: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  const wanted = new Set(values.variants.split(',').filter(Boolean).map(variantNamed));
  wanted.add('resolvers').add('plans');
  return {
    cases: values.only.split(',').filter(Boolean).map(caseNamed),
    variants: VARIANT_NAMES.filter((name) => wanted.has(name)),
    schedule: {
      rounds: number(values.rounds, '--rounds'),
      seconds: number(values.seconds, '--seconds'),
      warmUpSeconds: number(values['warm-up'], '--warm-up'),
      connections: number(values.connections, '--connections'),
    },
    seed: number(values.seed, '--seed'),
    checkOnly: values.check,
    help: values.help,
  };
}

function caseNamed(name: string): CaseName {
  const found = CASES.find((known) => known === name);
  if (!found) throw new TypeError(`There is no case ${name}; there are ${CASES.join(', ')}.`);
  return found;
}

function number(value: string, option: string): number {
  const read = Number(value);
  if (!(read > 0)) throw new TypeError(`${option} must be a number above 0.`);
  return read;
}
