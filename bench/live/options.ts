import { parseArgs } from 'node:util';
import type { Turn } from './measure-deliveries.ts';

/** What is measured. */
export const CASES = ['equal', 'users', 'scoped', 'delay', 'memory'] as const;
export type CaseName = (typeof CASES)[number];

const SOCKETS = [500, 2000];
const PER_SECOND = 200;
/** A transaction for each call would take a processor for itself, which is what is to be left to the server. */
const TOGETHER = 4;
const IDLE = 5000;

/** What a run of `live` is asked for. */
export interface Options {
  readonly cases: readonly CaseName[];
  readonly rounds: number;
  readonly turn: Turn;
  /** With equal rights each of these; all else is with the first. */
  readonly sockets: readonly number[];
  /** Calls a second where the delay is measured. */
  readonly perSecond: number;
  /** How many of them are committed in one transaction there. */
  readonly together: number;
  /** Subscriptions where memory is measured. */
  readonly idle: number;
  /** As the issue asks: what stands in `results/live.json`. */
  readonly whole: boolean;
  readonly help: boolean;
}

export const HELP = `npm run bench -- live [options]

  --cases equal,users      which (${CASES.join(', ')})
  --rounds 5 --seconds 5 --warm-up 2
  --sockets 500,2000       with equal rights each of these; everything else with the first
  --rate 200               calls a second where the delay is measured
  --together 4             how many of them one transaction has
  --idle 5000              subscriptions where memory is measured
  --quick                  2 rounds of 2 s with 1.5 s before

BENCH_DATA: where PostgreSQL's data are kept (bench/.data); BENCH_PRODUCT: another built checkout of the product to measure.
`;

/** @throws TypeError for an option that there is not */
export function readOptions(args: readonly string[]): Options {
  const { values } = parseArgs({
    args: [...args],
    options: {
      cases: { type: 'string', default: CASES.join(',') },
      rounds: { type: 'string' },
      seconds: { type: 'string' },
      'warm-up': { type: 'string' },
      sockets: { type: 'string', default: SOCKETS.join(',') },
      rate: { type: 'string', default: String(PER_SECOND) },
      together: { type: 'string', default: String(TOGETHER) },
      idle: { type: 'string', default: String(IDLE) },
      quick: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  const standard = values.quick ? { rounds: 2, seconds: 2, warmUp: 1.5 } : { rounds: 5, seconds: 5, warmUp: 2 };
  const cases = listed(values.cases);
  const sockets = values.sockets.split(',').map((text) => whole(text, '--sockets'));
  const perSecond = whole(values.rate, '--rate');
  const together = whole(values.together, '--together');
  const idle = whole(values.idle, '--idle');
  return {
    cases,
    rounds: whole(values.rounds ?? standard.rounds, '--rounds'),
    turn: {
      seconds: number(values.seconds ?? standard.seconds, '--seconds'),
      warmUpSeconds: number(values['warm-up'] ?? standard.warmUp, '--warm-up'),
    },
    sockets,
    perSecond,
    together,
    idle,
    whole:
      cases.length === CASES.length &&
      sockets.join() === SOCKETS.join() &&
      perSecond === PER_SECOND &&
      together === TOGETHER &&
      idle === IDLE &&
      !values.quick,
    help: values.help,
  };
}

function listed(text: string): CaseName[] {
  const wanted = text.split(',').filter(Boolean);
  const unknown = wanted.filter((name) => !(CASES as readonly string[]).includes(name));
  if (unknown.length > 0) throw new TypeError(`--cases has ${unknown.join(', ')}; there are ${CASES.join(', ')}.`);
  return CASES.filter((name) => wanted.includes(name));
}

function number(value: string | number, option: string): number {
  const read = Number(value);
  if (!(read > 0)) throw new TypeError(`${option} must be a number above 0.`);
  return read;
}

function whole(value: string | number, option: string): number {
  const read = number(value, option);
  if (!Number.isInteger(read)) throw new TypeError(`${option} must be a whole number.`);
  return read;
}
