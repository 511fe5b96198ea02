import { GraphQLError } from 'graphql';
import { sql } from 'kysely';
import { presentError } from '../../src/http/present-error.js';
import { stringifyAnswer } from '../../src/http/ready-data.js';
import { isAnswerTooLarge, isTooLarge, MOST_ANSWER_BYTES } from '../../src/services/shared/limits/answer-size.js';
import { type Product, startProduct } from '../support/product.js';
import { type SecondServer, startSecondServer } from '../support/second-server.js';
import { signInUser } from '../support/sign-ins.js';

const MESSAGE = '中'.repeat(10_000);
/** So often asked for, of 100 inquiries, it is more than an answer may have. */
const TIMES = Math.ceil(MOST_ANSWER_BYTES / 100 / Buffer.byteLength(MESSAGE));

let product: Product;
let resolving: SecondServer;
let token: string;

beforeAll(async () => {
  product = await startProduct({ env: { READ_PLANS: 'on' } });
  resolving = await startSecondServer(product, { READ_PLANS: 'off' });
  ({ token } = await signInUser(product.database, { role: 'admin' }));
  await product.database.rows(sql`
    with s as (insert into source (name, name_key, skills) values ('Bot', 'bot', '{}') returning id),
      l as (insert into lead (name) values ('Anna') returning id)
    insert into inquiry (source_id, lead_id, priority, skills, message, waiting_reason, waiting_since)
    select s.id, l.id, 0, '{}', ${MESSAGE}, 'NO_OPERATORS', now() from s, l, generate_series(1, 100)`);
});
afterAll(async () => {
  await resolving?.stop();
  await product?.stop();
});

describe.each([
  ['a plan', () => product],
  ['the resolvers', () => resolving],
] satisfies [string, () => Pick<Product, 'url'>][])('an answer that is too large, by %s', (_by, side) => {
  const ask = async () => {
    const messages = Array.from({ length: TIMES }, (_, n) => `m${n}: message`).join(' ');
    const query = `{ inquiries(first: 100) { nodes { ${messages} } } }`;
    const response = await fetch(`${side().url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
      body: JSON.stringify({ query }),
    });
    return { status: response.status, text: await response.text() };
  };

  it('is refused in words', async () => {
    const refused = await ask();
    expect(refused.status).toBe(200);
    expect(JSON.parse(refused.text)).toMatchObject({
      data: null,
      errors: [
        {
          message: 'The answer would have more than 32 MB. Ask for smaller pages.',
          extensions: { code: 'LIMIT_EXCEEDED', path: [] },
        },
      ],
      extensions: { operation: { cost: expect.any(Number) } },
    });
  });
});

describe('what grew past what can be held', () => {
  const failure = (code: string) => Object.assign(new Error('failed'), { code });
  const present = (error: Error) => {
    const reported: unknown[] = [];
    const shown = new GraphQLError(error.message, { originalError: error });
    return { ...presentError(shown.toJSON(), shown, (one) => reported.push(one)), reported };
  };

  it.each([
    ['PostgreSQL', failure('54000')],
    ['a string', new RangeError('Invalid string length')],
    ['a buffer', failure('ERR_STRING_TOO_LONG')],
  ])('by %s is told as a limit, and is no failure of ours', (_by, error) => {
    expect(isTooLarge(error)).toBe(true);
    expect(present(error)).toMatchObject({ extensions: { code: 'LIMIT_EXCEEDED' }, reported: [] });
  });

  it('is told of no other failure', () => {
    expect(present(new RangeError('Invalid array length'))).toMatchObject({ extensions: { code: 'INTERNAL' } });
    expect(isTooLarge(null)).toBe(false);
  });

  it('while an answer is written is told in its place', () => {
    const data = {
      toJSON() {
        throw new RangeError('Invalid string length');
      },
    };
    expect(JSON.parse(stringifyAnswer({ data }))).toMatchObject({
      data: null,
      errors: [{ extensions: { code: 'LIMIT_EXCEEDED' } }],
    });
  });

  it('goes by bytes, not by characters', () => {
    expect(isAnswerTooLarge('a'.repeat(MOST_ANSWER_BYTES))).toBe(false);
    expect(isAnswerTooLarge('中'.repeat(MOST_ANSWER_BYTES / 3 + 1))).toBe(true);
  });
});
