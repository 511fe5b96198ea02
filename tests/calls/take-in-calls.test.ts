import { CallStatus } from '../../src/entities/calls/call-status.enum.js';
import type { NewCall } from '../../src/services/calls/new-call.js';
import type { CallOutcome } from '../../src/services/calls/record-calls.js';
import { countRows, faults, type OpenDatabase, openDatabase, refusalOf } from '../support/subscribers.js';
import { expectSoundBooks, STRANGER, type TestSubscriber, World } from './world.js';

let open: OpenDatabase;
let world: World;
let anna: TestSubscriber;

beforeAll(async () => {
  open = await openDatabase();
  world = new World(open.database);
  anna = await world.subscriber(await world.tariff('Minute', { includedMinutes: 2 }));
  // So that what is made at the first charge is there, and counts can be compared.
  await world.record(world.call(anna.number, STRANGER, { durationSeconds: 200 }));
});

afterEach(() => expectSoundBooks(open.database));
afterAll(() => open?.close());

const idOf = (outcome: CallOutcome | undefined) => (outcome && 'callId' in outcome ? outcome.callId : undefined);
const kinds = (outcomes: readonly CallOutcome[]) => outcomes.map(({ outcome }) => outcome);
const errorsOf = (outcome: CallOutcome | undefined) => (outcome?.outcome === 'BAD' ? faults(outcome.errors) : []);
const good = (parts: Partial<NewCall> = {}) => world.call(anna.number, STRANGER, parts);

describe('a call of which something is wrong', () => {
  const start = new Date('2026-09-01T12:00:00Z');
  const before = new Date('2026-09-01T11:59:59Z');
  const tooLate = () => new Date(Date.now() + 2 * 86_400_000);
  const unanswered = { status: CallStatus.MISSED, durationSeconds: 0 };

  it.each<[string, () => Partial<NewCall>, string[]]>([
    ['no caller', () => ({ caller: '' }), ['caller']],
    ['a caller of eight digits', () => ({ caller: '89001112' }), ['caller']],
    ['a caller of one digit', () => ({ caller: '1' }), ['caller']],
    ['a called number of letters', () => ({ called: 'anonymous' }), ['called']],
    ['a target that is no number', () => ({ status: CallStatus.REDIRECTED, redirectedTo: '+7' }), ['redirectedTo']],
    ['redirected nowhere', () => ({ status: CallStatus.REDIRECTED }), ['redirectedTo']],
    ['a target though it was not redirected', () => ({ redirectedTo: STRANGER }), ['redirectedTo']],
    ['a negative duration', () => ({ durationSeconds: -1 }), ['durationSeconds']],
    ['a duration of more than a day', () => ({ durationSeconds: 86_401 }), ['durationSeconds']],
    ['a fraction of a second', () => ({ durationSeconds: 1.5 }), ['durationSeconds']],
    ['seconds though nobody answered', () => ({ ...unanswered, durationSeconds: 1 }), ['durationSeconds']],
    [
      'an answer though nobody answered',
      () => ({ ...unanswered, startedAt: start, answeredAt: start }),
      ['answeredAt'],
    ],
    ['an answer before the start', () => ({ startedAt: start, answeredAt: before }), ['answeredAt']],
    ['an end before the start', () => ({ startedAt: start, endedAt: before }), ['endedAt']],
    ['an end before the answer', () => ({ startedAt: before, answeredAt: start, endedAt: before }), ['endedAt']],
    ['a start two days ahead', () => ({ startedAt: tooLate() }), ['startedAt']],
    ['a start that is no time', () => ({ startedAt: new Date(Number.NaN) }), ['startedAt']],
    ['a start before any telephone', () => ({ startedAt: new Date('0001-01-01T00:00:00Z') }), ['startedAt']],
    ['no exchange', () => ({ exchange: ' ' }), ['exchange']],
    ['no id', () => ({ externalId: '' }), ['externalId']],
    ['an id with a null character', () => ({ externalId: 'a\0b' }), ['externalId']],
    ['an id that is too long', () => ({ externalId: 'x'.repeat(201) }), ['externalId']],
    ['two things', () => ({ caller: '?', durationSeconds: -5 }), ['caller', 'durationSeconds']],
  ])('is listed by itself and leaves nothing: %s', async (_what, parts, fields) => {
    const counts = await countRows(open.database);
    const [first, bad, last] = await world.record(good(unanswered), good(parts()), good(unanswered));
    expect(errorsOf(bad)).toEqual(fields.map((field) => `BAD_USER_INPUT input.calls.1.${field}`));
    expect([first?.outcome, last?.outcome]).toEqual(['RECORDED', 'RECORDED']);
    const added = { 'public.call': counts['public.call']! + 2 };
    const after = await countRows(open.database);
    const partitions = Object.fromEntries(Object.entries(after).filter(([name]) => name.startsWith('feed.')));
    expect(after).toEqual({ ...counts, ...partitions, ...added });
    expect(after['feed.event']! - counts['feed.event']!).toBe(2);
  });

  it('does not keep a good one of the same id behind it from counting', async () => {
    const externalId = 'first bad';
    const outcomes = await world.record(good({ externalId, caller: 'x' }), good({ externalId }), good({ externalId }));
    expect(kinds(outcomes)).toEqual(['BAD', 'RECORDED', 'DUPLICATE']);
    expect(idOf(outcomes[2])).toBe(idOf(outcomes[1]));
  });
});

describe('a number', () => {
  it.each([
    ['8(900) 111-22-33', '+79001112233'],
    ['+7 900 111-22-33', '+79001112233'],
    ['79001112233', '+79001112233'],
    ['380501234567', '+380501234567'],
    ['101', '101'],
    ['112233', '112233'],
  ])('written as %s is kept as %s', async (written, kept) => {
    const [outcome] = await world.record(good({ caller: written }));
    const rows = await open.database.pool.query('select caller_number from call where id = $1', [idOf(outcome)]);
    expect(rows.rows).toEqual([{ caller_number: kept }]);
  });
});

describe('the same call twice', () => {
  it('is one call, in one batch and in another, and is charged once', async () => {
    const before = await world.balance(anna);
    const call = good({ durationSeconds: 60 });
    const again = { ...call, durationSeconds: 600, called: '101' };
    const first = await world.record(call, again);
    const second = await world.record(again, good({ durationSeconds: 0 }), call);
    expect(kinds(first)).toEqual(['RECORDED', 'DUPLICATE']);
    expect(kinds(second)).toEqual(['DUPLICATE', 'RECORDED', 'DUPLICATE']);
    expect([first[1], second[0], second[2]].map(idOf)).toEqual(Array(3).fill(idOf(first[0])));
    expect(Number(before) - Number(await world.balance(anna))).toBe(1);
  });

  it('is two calls where the exchanges differ', async () => {
    const call = good();
    expect(kinds(await world.record(call, { ...call, exchange: 'other' }))).toEqual(['RECORDED', 'RECORDED']);
  });

  it('changes nothing at all when all of a batch is known', async () => {
    const batch = [good(), good(), good()];
    await world.record(...batch);
    const counts = await countRows(open.database);
    expect(kinds(await world.record(...batch))).toEqual(Array(3).fill('DUPLICATE'));
    expect(await countRows(open.database)).toEqual(counts);
  });
});

describe('a batch', () => {
  it('has at least one call', async () => {
    expect(faults(await refusalOf(world.record()))).toEqual(['BAD_USER_INPUT input.calls']);
  });

  it('has at most 10,000 calls, and these are taken in within seconds', async () => {
    const batch = Array.from({ length: 10_001 }, (_, i) =>
      good({ externalId: `large ${i}`, durationSeconds: i % 100 }),
    );
    expect(faults(await refusalOf(world.record(...batch)))).toEqual(['LIMIT_EXCEEDED input.calls']);
    const begun = Date.now();
    const outcomes = await world.record(...batch.slice(0, 10_000));
    expect(new Set(kinds(outcomes))).toEqual(new Set(['RECORDED']));
    expect(Date.now() - begun).toBeLessThan(15_000);
    const ids = outcomes.map((outcome) => BigInt(idOf(outcome)!));
    expect(ids.every((id, i) => i === 0 || id > ids[i - 1]!)).toBe(true);
  });
});
