import { sql } from 'kysely';
import { divideWeight } from '../../src/services/distribution/replay-choice.js';
import { seededDraws } from '../support/seeded-draws.js';
import { type OpenDatabase, openDatabase } from '../support/subscribers.js';
import { ChoiceWorld } from './choice-world.js';

const INQUIRIES = 100_000;
const AT_ONCE = 5_000;
/** What chi-squared stays within 99 times of 100, as tables have it, by degrees of freedom. */
const BOUND = { 1: 6.635, 9: 21.666 } as const;

let open: OpenDatabase;
let world: ChoiceWorld;

beforeAll(async () => {
  open = await openDatabase();
  world = new ChoiceWorld(open.database);
});
afterAll(() => open?.close());

/** Pearson’s: how far counts are from what the weights say. */
function chiSquared(counts: readonly number[], weights: readonly string[]): number {
  const all = counts.reduce((sum, one) => sum + one, 0);
  const total = weights.reduce((sum, one) => sum + Number(one), 0);
  return counts.reduce((sum, count, i) => {
    const expected = (all * Number(weights[i])) / total;
    return sum + (count - expected) ** 2 / expected;
  }, 0);
}

/** Somebody for each weight, and a source with them. */
async function weighed(weights: readonly string[]) {
  const operators = await world.operators(weights.length);
  const source = await world.source(Object.fromEntries(operators.map((key, i) => [key, weights[i]!])));
  const division = divideWeight({ operatorIds: operators, weights, states: 'e'.repeat(weights.length) });
  return { operators, source, division, weights };
}

describe('100,000 inquiries', () => {
  /** Whom `distribution.choose` chooses with each of so many draws, in their order. */
  async function chooseAll(source: string, draws: readonly number[]): Promise<string[]> {
    const chosen: string[] = [];
    for (let from = 0; from < draws.length; from += AT_ONCE) {
      const some = `{${draws.slice(from, from + AT_ONCE).join()}}`;
      const rows = await open.database.rows(sql<{ operator: string }>`
        select c.operator_id as operator from unnest(${some}::bigint[]) with ordinality d(draw, n),
          lateral distribution.choose(${source}::bigint, '{}', null, null, false, 'MON', '12:00', array[d.draw]) c order by d.n`);
      chosen.push(...rows.map(({ operator }) => operator));
    }
    return chosen;
  }

  const CASES = [
    { seed: 7, weights: ['10', '30'] },
    { seed: 8, weights: ['0.1', '0.25', '0.333333', '1', '1.5', '2.75', '7', '11.000001', '13.7', '62.4'] },
  ];
  let outcomes: { operators: string[]; chosen: string[]; replayed: string[]; weights: readonly string[] }[];

  beforeAll(async () => {
    // Side by side, each with operators of its own.
    outcomes = await Promise.all(
      CASES.map(async ({ seed, weights }) => {
        const { source, operators, division } = await weighed(weights);
        const draws = Array.from({ length: INQUIRIES }, seededDraws(seed));
        const chosen = await chooseAll(source, draws);
        return { operators, chosen, weights, replayed: draws.map((draw) => division.at(String(draw))!.operator) };
      }),
    );
  }, 180_000);

  it.each([
    ['weights 10 and 30', 0, BOUND[1]],
    ['ten unequal weights with fractions', 1, BOUND[9]],
  ] as const)('over %s go to each as often as the weights say', (_words, place, bound) => {
    const { operators, chosen, weights } = outcomes[place]!;
    const counts = operators.map((operator) => chosen.filter((one) => one === operator).length);
    expect(counts.reduce((sum, one) => sum + one, 0)).toBe(INQUIRIES);
    expect(chiSquared(counts, weights)).toBeLessThan(bound);
    // It would see weights that are a little wrong.
    expect(chiSquared(counts, [...weights.slice(0, -1), String(Number(weights.at(-1)) * 1.05)])).toBeGreaterThan(bound);
  });

  it('go to the very operators that replaying the draws exactly comes to', () => {
    for (const { chosen, replayed } of outcomes) {
      expect(chosen.filter((operator, i) => operator !== replayed[i])).toEqual([]);
      expect(chosen).toHaveLength(replayed.length);
    }
  });
});

describe('inquiries that are registered', () => {
  const REGISTERED = 600;
  const CLIENTS = 8;
  const BLOCK = 8;

  interface Stored {
    readonly operator_id: string;
    readonly draw: string;
    readonly states: string;
  }

  /** Registers inquiries from several connections at once, each with draws of its own. */
  async function registerAll(source: string, draws: () => number): Promise<void> {
    let left = REGISTERED;
    const client = async () => {
      while (left > 0) {
        left -= 1;
        await world.register(source, { draws: Array.from({ length: BLOCK }, draws) });
      }
    };
    await Promise.all(Array.from({ length: CLIENTS }, client));
  }

  const storedOf = (source: string) =>
    open.database.rows(sql<Stored>`
      select a.operator_id, a.draw, a.states from inquiry i left join assignment a on a.inquiry_id = i.id
      where i.source_id = ${source} order by i.id`);

  /** Takes somebody’s row again and again and keeps it a while, as other work with it would. */
  function holdAgainAndAgain(operator: string) {
    let goesOn = true;
    let waited = 0;
    const hold = async () => {
      while (goesOn) {
        await open.work(async (work) => {
          await work.rows(sql`select from operator where id = ${operator} for update`);
          await new Promise((resume) => setTimeout(resume, 15));
          const [row] = await work.rows(sql<{ count: string }>`
            select count(*) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`);
          waited += Number(row!.count);
        });
      }
    };
    const holding = hold();
    return async () => {
      goesOn = false;
      await holding;
      return waited;
    };
  }

  it('side by side with other work keep the weights: a row that is locked is waited for, not skipped', async () => {
    const weights = ['10', '30'];
    const { operators, source, division } = await weighed(weights);
    const stop = holdAgainAndAgain(operators[1]!);
    await registerAll(source, seededDraws(9));
    const waited = await stop();
    const stored = await storedOf(source);
    expect(waited).toBeGreaterThan(50);
    expect(stored.map(({ states }) => states)).toEqual(Array.from({ length: REGISTERED }, () => 'ee'));
    expect(stored.filter(({ operator_id: operator, draw }) => division.at(draw)!.operator !== operator)).toEqual([]);
    const counts = operators.map((key) => stored.filter(({ operator_id: operator }) => operator === key).length);
    expect(chiSquared(counts, weights)).toBeLessThan(BOUND[1]);
    // Each inquiry was chosen by the first of its draws: nobody drew again because somebody was busy.
    const blocks = seededDraws(9);
    const firsts = Array.from({ length: REGISTERED * BLOCK }, () => String(blocks())).filter((_, i) => i % BLOCK === 0);
    expect(stored.map(({ draw }) => draw).sort()).toEqual(firsts.sort());
  });

  it.each([1, 3])('fifty at once never overrun limits of one, of %i operators', async (count) => {
    const operators = await world.operators(count, { maxLoad: 1 });
    const source = await world.source(Object.fromEntries(operators.map((key) => [key, 1])));
    const draws = seededDraws(10, count);
    const registered = await Promise.all(
      Array.from({ length: 50 }, () => world.register(source, { draws: Array.from({ length: BLOCK }, draws) })),
    );
    const assigned = registered.filter(({ operator_id: operator }) => operator !== null);
    expect(assigned.map(({ operator_id: operator }) => operator).sort()).toEqual([...operators].sort());
    const waiting = registered.filter(({ operator_id: operator }) => operator === null);
    expect(new Set(waiting.map((one) => one.waiting_reason))).toEqual(new Set(['ALL_AT_LIMIT']));
    const loads = await open.database.rows(
      sql<{ load: number }>`select load from operator where id = any(${operators}::bigint[])`,
    );
    expect(loads.map(({ load }) => load)).toEqual(operators.map(() => 1));
  });

  it('are drawn for again among the others when somebody filled up meanwhile', async () => {
    const [a, b] = await world.operators(2, { maxLoad: 1 });
    const source = await world.source({ [a!]: 1, [b!]: 1 });
    // Both come to the first operator with their first draw; whoever is later waits for that row, finds it full, and draws anew.
    const registered = await Promise.all([1, 2].map(() => world.register(source, { draws: [0, 0] })));
    expect(registered.map(({ operator_id: operator }) => operator).sort()).toEqual([a, b].sort());
    const stored = await storedOf(source);
    expect(stored.map(({ states }) => states).sort()).toEqual(['ee', 'le']);
    for (const { operator_id: operator, draw, states } of stored) {
      const choice = { operatorIds: [a!, b!], weights: ['1', '1'], states };
      expect(divideWeight(choice).at(draw)).toMatchObject({ operator });
    }
  });
});
