import { sql } from 'kysely';
import { type OpenDatabase, openDatabase } from '../support/subscribers.js';
import { type Asked, ChoiceWorld, LAST_DRAW, type OperatorParts } from './choice-world.js';

const DRAWS = 2 ** 53;

let open: OpenDatabase;
let world: ChoiceWorld;

beforeAll(async () => {
  open = await openDatabase();
  world = new ChoiceWorld(open.database);
});
afterAll(() => open?.close());

const WORST: OperatorParts = {
  active: false,
  schedule: { MON: null },
  presence: 'OFFLINE',
  maxLoad: 0,
};

describe('who is chosen among', () => {
  const ASKED: Asked = { skills: ['uk', 'vip'], asksPresence: true, day: 'TUE', time: '09:00' };
  const GOOD: OperatorParts = { skills: ['en', 'uk', 'vip'], presence: 'ONLINE', schedule: { TUE: '08:00-18:00' } };

  it.each<[string, string, OperatorParts, number]>([
    ['e', 'everything is right with', GOOD, 1],
    ['i', 'is not active', { ...GOOD, active: false }, 1],
    ['i', 'is active, but not as a user', { ...GOOD, userActive: false }, 1],
    ['z', 'has weight zero', GOOD, 0],
    ['s', 'lacks one of the skills', { ...GOOD, skills: ['uk'] }, 1],
    ['h', 'is out of their hours', { ...GOOD, schedule: { TUE: '09:01-18:00' } }, 1],
    ['p', 'is not present', { ...GOOD, presence: 'AWAY' }, 1],
    ['l', 'has as many as they may', { ...GOOD, maxLoad: 0 }, 1],
    // What is told is what would have to change first.
    ['i', 'nothing is right with', WORST, 0],
    ['z', 'is active, and nothing else is right with', { ...WORST, active: true }, 0],
    ['s', 'has a weight, and nothing else is right with', { ...WORST, active: true }, 1],
    ['h', 'has the skills, but no hours, presence or room', { ...WORST, active: true, skills: ['uk', 'vip'] }, 1],
    ['p', 'is in their hours, but not present, with no room', { ...GOOD, presence: 'OFFLINE', maxLoad: 0 }, 1],
  ])('%s: somebody who %s', async (letter, _words, parts, weight) => {
    const somebody = await world.operator(parts);
    const another = await world.operator(GOOD);
    const source = await world.source({ [somebody]: weight, [another]: 1 });
    const first = await world.choose(source, { ...ASKED, draws: [0] });
    expect(first.states).toBe(`${letter}e`);
    expect(first.operator_id).toBe(letter === 'e' ? somebody : another);
    expect(await world.choose(source, { ...ASKED, draws: [LAST_DRAW] })).toMatchObject({ operator_id: another });
  });

  it('nobody who takes no inquiries of the source', async () => {
    const [member] = await world.operators(2);
    const source = await world.source({ [member!]: 5 });
    for (const draw of [0, LAST_DRAW]) {
      expect(await world.choose(source, { draws: [draw] })).toMatchObject({ operator_id: member, states: 'e' });
    }
  });

  it('those who let it pass least often, among who could take it', async () => {
    const [a, b, c, d] = await world.operators(4);
    const offered = await world.source({ [a!]: 1, [b!]: 1, [c!]: 1, [d!]: 1 }, { acceptWithinSeconds: 60 });
    const asked = {
      inquiry: await passedInquiry(offered, [
        [a!, 1],
        [c!, 1],
        [b!, 2],
      ]),
    };
    expect(await world.choose(offered, asked)).toMatchObject({ states: 'ddde', operator_id: d });
    await world.weigh(offered, { [d!]: 0 });
    expect(await world.choose(offered, { ...asked, draws: [LAST_DRAW] })).toMatchObject({
      states: 'edez',
      operator_id: c,
    });
    await world.weigh(offered, { [a!]: 0, [c!]: 0 });
    expect(await world.choose(offered, asked)).toMatchObject({ states: 'zezz', operator_id: b });
  });

  it('those others who let it pass, before whoever did last', async () => {
    const [a, b] = await world.operators(2);
    const offered = await world.source({ [a!]: 1, [b!]: 1 }, { acceptWithinSeconds: 60 });
    const asked = {
      inquiry: await passedInquiry(offered, [
        [b!, 3],
        [a!, 1],
      ]),
    };
    for (const draw of [0, LAST_DRAW]) {
      expect(await world.choose(offered, { ...asked, draws: [draw] })).toMatchObject({ states: 'de', operator_id: b });
    }
    await world.weigh(offered, { [b!]: 0 });
    expect(await world.choose(offered, asked)).toMatchObject({ states: 'ez', operator_id: a });
  });

  /** An inquiry that waits after each operator let it pass so often. */
  async function passedInquiry(
    source: string,
    passes: readonly (readonly [operator: string, times: number])[],
  ): Promise<string> {
    const { inquiry_id: inquiry } = await world.register(source);
    const pass = (operator: string, why: string) =>
      open.work(async (work) => {
        await work.rows(sql`select distribution.release(${inquiry}::bigint, ${why}, 'HANDED_BACK', now())`);
        await work.rows(sql`insert into assignment (inquiry_id, source_id, operator_id, way, made_by_id)
          values (${inquiry}, ${source}, ${operator}, 'BY_HAND', (select min(id) from app_user))`);
        await work.rows(sql`update inquiry set operator_id = ${operator}, waiting_reason = null, waiting_since = null
          where id = ${inquiry}`);
      });
    await open.work((work) =>
      work.rows(sql`select distribution.release(${inquiry}::bigint, 'MOVED', 'HANDED_BACK', now())`),
    );
    for (const [operator, times] of passes) {
      for (let n = 0; n < times; n += 1) {
        await pass(operator, 'MOVED');
        const why = n % 2 === 0 ? 'DECLINED' : 'NOT_ACCEPTED';
        await open.work((work) =>
          work.rows(sql`select distribution.release(${inquiry}::bigint, ${why}, 'HANDED_BACK', now())`),
        );
      }
    }
    return inquiry;
  }
});

describe('why nobody is chosen', () => {
  it.each<[string, string, OperatorParts[], number[]]>([
    ['NO_OPERATORS', '', [], []],
    ['NO_OPERATORS', 'zz', [{}, {}], [0, 0]],
    ['NOBODY_ACTIVE', 'iz', [{ active: false }, {}], [1, 0]],
    ['NO_SKILLS', 'si', [{ skills: [] }, { active: false }], [1, 1]],
    ['OUT_OF_HOURS', 'hs', [{ schedule: {} }, { skills: [] }], [1, 1]],
    ['NOBODY_PRESENT', 'ph', [{ presence: 'AWAY' }, { schedule: {} }], [1, 1]],
    ['ALL_AT_LIMIT', 'lp', [{ maxLoad: 0 }, { presence: 'AWAY' }], [1, 1]],
  ])('%s for %s: what comes nearest to somebody free', async (reason, states, parts, weights) => {
    const keys: string[] = [];
    for (const one of parts) keys.push(await world.operator({ presence: 'ONLINE', skills: ['uk'], ...one }));
    const source = await world.source(Object.fromEntries(keys.map((key, i) => [key, weights[i]!])));
    const chosen = await world.choose(source, { skills: ['uk'], asksPresence: true });
    expect(chosen).toMatchObject({ operator_id: null, way: null, draw: null, reason, states: states || null });
  });
});

describe('what a draw comes to', () => {
  it.each<[string, (string | number)[], [draw: number, place: number][]]>([
    [
      '10 and 30',
      [10, 30],
      [
        [0, 0],
        [DRAWS / 4 - 1, 0],
        [DRAWS / 4, 1],
        [LAST_DRAW, 1],
      ],
    ],
    [
      // In floats 0.1 + 0.6 + 0.1 is less than 0.8, and the first would have a draw that is the second’s.
      '0.1, 0.6 and 0.1',
      ['0.1', '0.6', '0.1'],
      [
        [0, 0],
        [DRAWS / 8 - 1, 0],
        [DRAWS / 8, 1],
        [(DRAWS / 8) * 7 - 1, 1],
        [(DRAWS / 8) * 7, 2],
        [LAST_DRAW, 2],
      ],
    ],
    [
      'thirds',
      ['0.000001', '0.000001', '0.000001'],
      [
        [3_002_399_751_580_330, 0],
        [3_002_399_751_580_331, 1],
        [6_004_799_503_160_661, 1],
        [6_004_799_503_160_662, 2],
      ],
    ],
    [
      'a grain beside a mountain',
      ['0.000001', '1000000'],
      [
        [0, 0],
        [9_007, 0],
        [9_008, 1],
        [LAST_DRAW, 1],
      ],
    ],
    [
      'zeros around one',
      [0, '2.5', 0],
      [
        [0, 1],
        [LAST_DRAW, 1],
      ],
    ],
  ])('of %s', async (_words, weights, expected) => {
    const keys = await world.operators(weights.length);
    const source = await world.source(Object.fromEntries(keys.map((key, i) => [key, weights[i]!])));
    const found: [number, number][] = [];
    for (const [draw] of expected) {
      const { operator_id: operator, draw: stored } = await world.choose(source, { draws: [draw] });
      expect(stored).toBe(String(draw));
      found.push([draw, keys.indexOf(operator!)]);
    }
    expect(found).toEqual(expected);
  });

  it('holds for the weights as they are now, each set of which is kept', async () => {
    const [a, b] = await world.operators(2);
    const source = await world.source({ [a!]: 1, [b!]: 1 });
    const half = { draws: [DRAWS / 2] };
    const before = await world.choose(source, half);
    await world.weigh(source, { [a!]: 3 });
    const after = await world.choose(source, half);
    expect([before.operator_id, after.operator_id]).toEqual([b, a]);
    expect(after.weighting_id).not.toBe(before.weighting_id);
  });
});

describe('the hours of an operator', () => {
  const eligibleAt = async (schedule: OperatorParts['schedule'], times: readonly string[]) => {
    const somebody = await world.operator(schedule ? { schedule } : {});
    const source = await world.source({ [somebody]: 1 });
    const letters = times.map(async (one) => {
      const [day, time] = one.split(' ') as [string, string];
      return (await world.choose(source, { day, time })).states;
    });
    return (await Promise.all(letters)).join('');
  };

  it('begin with the first minute and end before the last', async () => {
    const times = ['WED 08:29', 'WED 08:30', 'WED 12:00', 'WED 17:59', 'WED 18:00'];
    expect(await eligibleAt({ WED: '08:30-18:00' }, times)).toBe('heeeh');
  });

  it('may be the whole of a day, up to its last minute', async () => {
    const times = ['FRI 23:59', 'SAT 00:00', 'SAT 23:59', 'SUN 00:00'];
    expect(await eligibleAt({ SAT: '00:00-24:00' }, times)).toBe('heeh');
  });

  it('are none on a day off, nor on one that is not named', async () => {
    expect(await eligibleAt({ MON: null, TUE: '00:00-24:00' }, ['MON 12:00', 'TUE 12:00', 'WED 12:00'])).toBe('heh');
  });

  it('are always without a schedule', async () => {
    expect(await eligibleAt(undefined, ['MON 00:00', 'SUN 23:59'])).toBe('ee');
  });

  it('are those of the organisation’s time zone', async () => {
    // In Moscow it is three hours later than in UTC: there Tuesday has begun.
    const monday = await world.operator({ schedule: { MON: '00:00-24:00' } });
    const tuesday = await world.operator({ schedule: { TUE: '00:00-02:00' } });
    const source = await world.source({ [monday]: 1, [tuesday]: 1 });
    const at = (instant: string) => world.register(source, { at: new Date(instant) });
    expect(await at('2026-09-07T20:59:59.999Z')).toMatchObject({ operator_id: monday });
    expect(await at('2026-09-07T21:00:00Z')).toMatchObject({ operator_id: tuesday });
    expect(await at('2026-09-07T23:00:00Z')).toMatchObject({ operator_id: null, waiting_reason: 'OUT_OF_HOURS' });
  });
});

describe('presence', () => {
  it('is asked for only where the source does, and is online or working', async () => {
    const states = ['ONLINE', 'AWAY', 'DO_NOT_DISTURB', 'WORKING', 'OFFLINE'];
    const keys: string[] = [];
    for (const presence of states) keys.push(await world.operator({ presence }));
    const source = await world.source(Object.fromEntries(keys.map((key) => [key, 1])));
    expect((await world.choose(source, { asksPresence: true })).states).toBe('eppep');
    expect((await world.choose(source, { asksPresence: false })).states).toBe('eeeee');
  });
});

describe('skills', () => {
  it('of the source and of the inquiry are asked for together', async () => {
    const both = await world.operator({ skills: ['a', 'b', 'c'] });
    const one = await world.operator({ skills: ['a'] });
    const source = await world.source({ [both]: 1, [one]: 1_000_000 }, { skills: ['a'] });
    const register = (skills: readonly string[]) =>
      open.database.rows(sql<{ operator_id: string; inquiry_skills: string[] }>`
        select * from distribution.register_inquiry(${source}::bigint, null, ${`of ${skills.join()}`}, null, null, null, '', null,
          ${[...skills]}::text[], now(), 'MON', '12:00', ${`{${LAST_DRAW}}`}::bigint[])`);
    expect(await register([])).toMatchObject([{ operator_id: one, inquiry_skills: ['a'] }]);
    expect(await register(['b', 'a'])).toMatchObject([{ operator_id: both, inquiry_skills: ['a', 'b'] }]);
    expect(await register(['d'])).toMatchObject([{ operator_id: null, waiting_reason: 'NO_SKILLS' }]);
  });
});

describe('the kind of an inquiry', () => {
  const kindsOf = async (...lists: readonly (readonly string[])[]) => {
    const rows = await open.database.rows(sql<{ kind: string }>`
      select distribution.kind_of(array(select jsonb_array_elements_text(k))) as kind
      from jsonb_array_elements(${JSON.stringify(lists)}::jsonb) with ordinality l(k, n) order by n`);
    return rows.map(({ kind }) => BigInt(kind));
  };

  it('is its own for all skills, however they are put together', async () => {
    const lists = [[], ['ab', 'c'], ['a', 'bc'], ['abc'], ['a', 'b', 'c'], ['їжа']];
    expect(new Set(await kindsOf(...lists)).size).toBe(lists.length);
    expect(await kindsOf(['a', 'b'])).toEqual(await kindsOf(['a', 'b']));
  });

  it('cannot be worked out from those of single skills, as PostgreSQL’s hash of a list can', async () => {
    const [ac, ad, bc, bd] = await kindsOf(['a', 'c'], ['a', 'd'], ['b', 'c'], ['b', 'd']);
    expect(BigInt.asIntN(64, ac! - ad!)).not.toBe(BigInt.asIntN(64, bc! - bd!));
  });
});
