import { Writable } from 'node:stream';
import Fastify, { type FastifyBaseLogger } from 'fastify';
import { sql } from 'kysely';
import { openLogger } from '../../src/services/shared/logging/open-logger.js';
import { type Product, startProduct } from '../support/product.js';

const PHONE = '+79001112233';

let product: Product;
let written: string;
const logger = openLogger(
  'info',
  new Writable({
    write(chunk, _encoding, done) {
      written += chunk;
      done();
    },
  }),
);

beforeAll(async () => {
  product = await startProduct();
});
beforeEach(() => {
  written = '';
});
afterAll(() => product?.stop());

/** What PostgreSQL says to the same phone number of a second lead. */
async function refusedByPostgres(): Promise<Error> {
  const twice = sql`insert into lead (phone) values (${PHONE}), (${PHONE})`;
  const error: Error & { detail?: string } = await product.database.rows(twice).then(
    () => new Error('It was not refused.'),
    (thrown) => thrown,
  );
  expect(error.detail).toContain(PHONE);
  return error;
}

describe('what is logged of an error of PostgreSQL', () => {
  it('says what it was, and quotes no row', async () => {
    logger.error({ err: await refusedByPostgres() }, 'unexpected failure');
    expect(JSON.parse(written)).toMatchObject({
      msg: 'unexpected failure',
      err: { type: 'DatabaseError', code: '23505', table: 'lead', constraint: 'lead_phone_unique' },
    });
    expect(JSON.parse(written).err.stack).toContain('lead_phone_unique');
    expect(written).not.toContain(PHONE);
  });

  it('quotes none either where the error is within others', async () => {
    const [one, other] = [await refusedByPostgres(), await refusedByPostgres()];
    logger.error({ err: new AggregateError([one], 'several', { cause: other }) });
    logger.error({ err: Object.assign(new Error('outer'), { previous: one }) });
    expect(written).toContain('23505');
    expect(written).not.toContain(PHONE);
  });

  it('quotes none in what a request logs', async () => {
    const app = Fastify({ loggerInstance: logger as FastifyBaseLogger });
    const error = await refusedByPostgres();
    app.get('/', async (request) => request.log.error({ err: error }, 'it failed'));
    await app.inject('/');
    await app.close();
    expect(written).toContain('it failed');
    expect(written).not.toContain(PHONE);
  });
});
