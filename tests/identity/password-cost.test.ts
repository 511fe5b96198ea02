import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { sql } from 'kysely';
import { PasswordBudget } from '../../src/services/identity/password-budget.js';
import { Turns } from '../../src/services/identity/turns.js';
import { HeldClock } from '../support/held-clock.js';
import { type Product, startProduct } from '../support/product.js';

const ERRORS = '{ errors { code path } }';
const EMAIL = 'nobody@test.example';

let product: Product;
const clock = new HeldClock();

beforeAll(async () => {
  product = await startProduct({ clock, env: { PASSWORD_CHECKS_PER_MINUTE: '20' } });
});
afterAll(() => product.stop());

const input = (n: number) => `input: { email: "${n}-${EMAIL}", password: "wrong" }`;
const field = (n: number) => `a${n}: signIn(${input(n)}) ${ERRORS}`;
const range = (length: number) => Array.from({ length }, (_, n) => n);

async function codesOf(document: string): Promise<string[]> {
  const { data } = await product.graphql(document);
  return Object.values(data).map((payload) => (payload as { errors: { code: string }[] }).errors[0]!.code);
}

async function countedEmails(): Promise<number> {
  const [row] = await product.database.rows(sql<{ count: string }>`select count(*) from sign_in_attempt`);
  return Number(row!.count);
}

describe('an operation', () => {
  test('has three passwords checked, and none where it asks for more', async () => {
    expect(await codesOf(`mutation { ${range(3).map(field).join(' ')} }`)).toEqual(Array(3).fill('UNAUTHENTICATED'));
    const before = await countedEmails();
    expect(await codesOf(`mutation { ${range(15).map(field).join(' ')} }`)).toEqual(Array(15).fill('LIMIT_EXCEEDED'));
    expect(await countedEmails()).toBe(before);
  });

  test('is not let through by fragments or by another field that takes a password', async () => {
    const invitation = `b: acceptInvitation(input: { token: "x", password: "long enough" }) ${ERRORS}`;
    const codes = await codesOf(`mutation { ...A ... on Mutation { ${field(2)} } ...A }
      fragment A on Mutation { ${field(0)} ${field(1)} ...B }
      fragment B on Mutation { ${invitation} }`);
    expect(codes).toEqual(Array(4).fill('LIMIT_EXCEEDED'));
  });
});

describe('an address', () => {
  test('that has had its passwords of a minute checked waits, and goes on as time goes by', async () => {
    clock.advance(60_000);
    const tried = (n: number) => codesOf(`mutation { ${field(n)} }`);
    for (const n of range(20)) expect(await tried(100 + n)).toEqual(['UNAUTHENTICATED']);
    expect(await tried(200)).toEqual(['RATE_LIMITED']);
    clock.advance(3_100);
    expect(await tried(200)).toEqual(['UNAUTHENTICATED']);
    expect(await tried(201)).toEqual(['RATE_LIMITED']);
  });

  test('is of IPv6 all that a client has', () => {
    const budget = new PasswordBudget(1, { now: () => new Date(0) });
    budget.spend('2001:db8::1');
    budget.spend('2001:db8:0:1::1');
    budget.spend('::ffff:192.0.2.1');
    for (const same of ['2001:db8:0:0:ffff::9', '2001:db8::2', '192.0.2.1', '2001:db8:0:1:2:3:4:5']) {
      expect(() => budget.spend(same)).toThrow('from your address');
    }
    budget.spend('192.0.2.2');
  });
});

describe('turns', () => {
  test('let so many run at once, the others in their order, and refuse who would wait too long', async () => {
    const turns = new Turns({ atOnce: 2, mostWaiting: 2 });
    const begun: number[] = [];
    const ends: (() => void)[] = [];
    const run = (n: number) =>
      turns.take(async () => {
        begun.push(n);
        await new Promise<void>((end) => ends.push(end));
        if (n === 1) throw new Error('failed');
        return n;
      });
    const answers = [run(0), run(1), run(2), run(3)].map((answer) => answer.catch((error: Error) => error.message));
    await expect(run(4)).rejects.toMatchObject({ code: 'RATE_LIMITED' });
    expect(begun).toEqual([0, 1]);
    ends[1]!();
    await answers[1];
    expect(begun).toEqual([0, 1, 2]);
    ends[0]!();
    await answers[0];
    for (const end of ends) end();
    expect(await Promise.all(answers)).toEqual([0, 'failed', 2, 3]);
    expect(begun).toEqual([0, 1, 2, 3]);
  });
});
