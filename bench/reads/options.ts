import { parseArgs } from 'node:util';
import { CASES, type CaseName } from './question.ts';
import type { Schedule } from './run-rounds.ts';

const KINDS = ['fixed', 'drawn'] as const;

/** What a run of the reads is asked for. */
export interface Options {
  readonly cases: readonly CaseName[];
  /** Which of them: as the issue has them, drawn at random. */
  readonly kinds: readonly (typeof KINDS)[number][];
  /** Parts of the names of those who are timed; everybody where there are none. */
  readonly contenders: readonly string[];
  /** All cases, of both kinds, and everybody: what stands in `results.json`. */
  readonly whole: boolean;
  readonly schedule: Schedule;
  readonly seed: number;
  /** Makes the dataset again. */
  readonly anew: boolean;
  /** Ends once answers were compared. */
  readonly checkOnly: boolean;
  /** Times each operation by itself in the place of rounds. */
  readonly each: boolean;
  readonly help: boolean;
}

export const HELP = `npm run bench -- [reads] [options]

  --only page,card         which cases (${CASES.join(', ')})
  --kinds fixed,drawn      the cases themselves, their drawn kin; both when left out
  --contenders product,floor
                           who is timed, by a part of the name; everybody is compared all the same
  --rounds 7 --seconds 4 --warm-up 1 --connections 16
  --quick                  3 rounds of 1.5 s with 0.5 s before
  --seed 1                 what is drawn
  --anew                   makes the dataset again
  --check                  compares answers and ends
  --each                   times each operation by itself, to find what is slow, and ends

BENCH_DATA: where the database is kept (bench/.data); BENCH_PRODUCT: another built checkout of the product to measure.
`;

/** @throws TypeError for an option that there is not */
export function readOptions(args: readonly string[]): Options {
  const { values } = parseArgs({
    args: [...args],
    options: {
      only: { type: 'string', default: CASES.join(',') },
      kinds: { type: 'string', default: 'fixed,drawn' },
      contenders: { type: 'string', default: '' },
      rounds: { type: 'string' },
      seconds: { type: 'string' },
      'warm-up': { type: 'string' },
      connections: { type: 'string', default: '16' },
      quick: { type: 'boolean', default: false },
      seed: { type: 'string', default: '1' },
      anew: { type: 'boolean', default: false },
      check: { type: 'boolean', default: false },
      each: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  const standard = values.quick ? { rounds: 3, seconds: 1.5, warmUp: 0.5 } : { rounds: 7, seconds: 4, warmUp: 1 };
  const cases = listed(values.only, CASES, '--only');
  const kinds = listed(values.kinds, KINDS, '--kinds');
  const contenders = values.contenders.split(',').filter(Boolean);
  return {
    cases,
    kinds,
    contenders,
    whole: cases.length === CASES.length && kinds.length === KINDS.length && contenders.length === 0,
    schedule: {
      rounds: number(values.rounds ?? standard.rounds, '--rounds'),
      seconds: number(values.seconds ?? standard.seconds, '--seconds'),
      warmUpSeconds: number(values['warm-up'] ?? standard.warmUp, '--warm-up'),
      connections: number(values.connections, '--connections'),
    },
    seed: number(values.seed, '--seed'),
    anew: values.anew,
    checkOnly: values.check,
    each: values.each,
    help: values.help,
  };
}

function listed<Choice extends string>(text: string, choices: readonly Choice[], option: string): Choice[] {
  const wanted = text.split(',').filter(Boolean);
  const unknown = wanted.filter((name) => !(choices as readonly string[]).includes(name));
  if (unknown.length > 0) throw new TypeError(`${option} has ${unknown.join(', ')}; there are ${choices.join(', ')}.`);
  return choices.filter((choice) => wanted.includes(choice));
}

function number(value: string | number, option: string): number {
  const read = Number(value);
  if (!(read > 0)) throw new TypeError(`${option} must be a number above 0.`);
  return read;
}
