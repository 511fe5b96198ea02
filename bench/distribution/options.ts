import { parseArgs } from 'node:util';

/** Operators of the source that the goal is of, and of those that growth is measured by. */
export const OPERATORS = [5, 50, 500] as const;
export const GOAL_OPERATORS = 50;

/** What a run of `distribution` is asked for. */
export interface Options {
  readonly rounds: number;
  readonly seconds: number;
  readonly warmUpSeconds: number;
  readonly clients: number;
  /** Inquiries whose distribution is held against the weights; none are when it is 0. */
  readonly inquiries: number;
  /** As the issue asks: what stands in `results/distribution.json`. */
  readonly whole: boolean;
  readonly help: boolean;
}

export const HELP = `npm run bench -- distribution [options]

  --rounds 5 --seconds 5 --warm-up 3
  --clients 16             who register inquiries at once
  --inquiries 100000       whose distribution is held against the weights, for two sources; 0 leaves that out
  --quick                  3 rounds of 3 s with 2 s before, 10,000 inquiries

PGBENCH: the pgbench to use, where none is in PATH or under /usr/lib/postgresql (Debian's package postgresql).
BENCH_DATA: where PostgreSQL's data are kept (bench/.data); BENCH_PRODUCT: another built checkout of the product to measure.
`;

const STANDARD = { rounds: 5, seconds: 5, warmUp: 3, clients: 16, inquiries: 100_000 };
const QUICK = { ...STANDARD, rounds: 3, seconds: 3, warmUp: 2, inquiries: 10_000 };

/** @throws TypeError for an option that there is not */
export function readOptions(args: readonly string[]): Options {
  const { values } = parseArgs({
    args: [...args],
    options: {
      rounds: { type: 'string' },
      seconds: { type: 'string' },
      'warm-up': { type: 'string' },
      clients: { type: 'string' },
      inquiries: { type: 'string' },
      quick: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  const standard = values.quick ? QUICK : STANDARD;
  const { rounds, seconds, clients, inquiries } = values;
  return {
    rounds: whole(rounds ?? standard.rounds, '--rounds', 1),
    seconds: whole(seconds ?? standard.seconds, '--seconds', 1),
    warmUpSeconds: whole(values['warm-up'] ?? standard.warmUp, '--warm-up', 1),
    clients: whole(clients ?? standard.clients, '--clients', 1),
    inquiries: whole(inquiries ?? standard.inquiries, '--inquiries', 0),
    whole:
      !values.quick && [rounds, seconds, values['warm-up'], clients, inquiries].every((given) => given === undefined),
    help: values.help,
  };
}

function whole(value: string | number, option: string, least: number): number {
  const read = Number(value);
  if (Number.isInteger(read) && read >= least) return read;
  throw new TypeError(`${option} must be a whole number from ${least} on.`);
}
