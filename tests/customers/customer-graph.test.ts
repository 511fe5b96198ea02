import { type ExecutionResult, graphql } from 'graphql';
import type { RawBuilder } from 'kysely';
import type { Context } from '../../src/context.js';
import { CallStatus } from '../../src/entities/calls/call-status.enum.js';
import { buildGraph } from '../../src/resolvers/graph.js';
import { recordPayment } from '../../src/services/billing/record-payment.js';
import { recordCalls } from '../../src/services/calls/record-calls.js';
import { publishTariff } from '../../src/services/catalog/publish-tariff.js';
import { systemActor } from '../../src/services/shared/access/actor.js';
import type { ReadScope } from '../../src/services/shared/database/parameter.js';
import type { SqlExecutor } from '../../src/services/shared/database/sql-executor.js';
import { encodeId } from '../../src/services/shared/ids/global-id.js';
import { Reader } from '../../src/services/shared/read/reader.js';
import { Tables } from '../../src/services/shared/read/table.js';
import {
  msisdnOf,
  type OpenDatabase,
  openDatabase,
  publishTestTariff,
  registerTestSubscriber,
} from '../support/subscribers.js';

const CUSTOMERS = 60;
const schema = buildGraph();
let open: OpenDatabase;
let tables: Tables;

beforeAll(async () => {
  open = await openDatabase();
  tables = new Tables(open.orm);
  const tariffs = await Promise.all(['A', 'B', 'C'].map((name) => publishTestTariff(open.database, name)));
  for (let n = 1; n <= CUSTOMERS; n += 1) {
    const { contractId, customerId } = await registerTestSubscriber(open.database, n, tariffs[n % 3]!, {
      deposit: '5',
    });
    await registerTestSubscriber(open.database, 1000 + n, tariffs[(n + 1) % 3]!, {
      customer: null,
      customerId: encodeId('Customer', customerId),
    });
    const payment = { contractId: encodeId('Contract', contractId), amount: String(n), idempotencyKey: `${n}` };
    await open.work((work) => recordPayment(work, payment));
  }
});

afterAll(() => open.close());

/**
 * Counts statements, and answers those that run at the same time together: two fields that load the same kind of object
 * share a statement or not by which answer comes first, and that says nothing of the page size.
 */
class Counter implements SqlExecutor {
  statements = 0;
  #running = 0;
  #answers: (() => void)[] = [];

  async rows<Row>(statement: RawBuilder<Row>, scope: ReadScope): Promise<Row[]> {
    this.statements += 1;
    this.#running += 1;
    try {
      return await open.database.rows(statement, scope);
    } finally {
      await new Promise<void>((resolve) => {
        this.#answers.push(resolve);
        this.#running -= 1;
        if (this.#running === 0) for (const answer of this.#answers.splice(0)) answer();
      });
    }
  }
}

/** Runs a query as the product itself, and counts the statements that it takes. */
async function run(source: string, variableValues: object): Promise<{ result: ExecutionResult; statements: number }> {
  const counter = new Counter();
  const actor = systemActor('test');
  const contextValue = {
    actor,
    reader: new Reader(counter, tables, open.database.scopeOf(actor)),
    database: open.database,
  } as Context;
  const result = await graphql({ schema, source, contextValue, variableValues: { ...variableValues } });
  return { result, statements: counter.statements };
}

const EVERYTHING = `query ($first: Int) {
  customers(first: $first, orderBy: { field: CREATED_AT }) {
    totalCount
    pageInfo { hasNextPage }
    nodes {
      id name email lastPaymentAt
      contracts(first: 5) {
        totalCount
        nodes {
          id number msisdn msisdnFormatted status activatedAt
          customer { id }
          sim { iccid imsi status contract { id } }
          tariff {
            name pricePerMinute { amount currency } monthlyFee { amount } includedMinutes billingStepSeconds minimumSeconds
            versions(first: 2) { nodes { id validFrom pricePerMinute { amount } } }
          }
          balance { amount currency }
          payments(first: 3) { totalCount nodes { amount { amount } method status contract { id } } }
        }
      }
      payments(first: 3) { totalCount nodes { amount { amount } takenBy { id } } }
    }
  }
}`;

describe('a customer with everything, in one query', () => {
  it('takes as many statements for fifty customers as for five', async () => {
    const few = await run(EVERYTHING, { first: 5 });
    const many = await run(EVERYTHING, { first: 50 });
    expect(few.result.errors).toBeUndefined();
    expect(many.result.errors).toBeUndefined();
    const nodes = (of: typeof many) => (of.result.data as { customers: { nodes: unknown[] } }).customers.nodes;
    expect([nodes(few).length, nodes(many).length]).toEqual([5, 50]);
    expect(many.statements).toBe(few.statements);
    // One per field and level: customers and their count, contracts and theirs, customer, SIM, its contract, tariff, its
    // prices, its versions, account, payments and their count, their contract, the customer's payments and their count.
    expect(many.statements).toBe(16);
  });

  it('shows what was registered and paid', async () => {
    const { result } = await run(EVERYTHING, { first: 2 });
    const [, second] = (result.data as { customers: { nodes: Record<string, unknown>[] } }).customers.nodes;
    expect(second).toMatchObject({
      name: 'Петров Пётр 2',
      email: 'subscriber2@test.example',
      contracts: {
        totalCount: 2,
        nodes: [
          {
            msisdn: '+79000000002',
            msisdnFormatted: '8(900) 000-00-02',
            status: 'ACTIVE',
            sim: { status: 'ACTIVE', imsi: null },
            tariff: {
              name: 'C',
              pricePerMinute: { amount: '1.50', currency: 'RUB' },
              monthlyFee: { amount: '0.00' },
              includedMinutes: 0,
              billingStepSeconds: 1,
              minimumSeconds: 0,
              versions: { nodes: [{ pricePerMinute: { amount: '1.50' } }] },
            },
            balance: { amount: '7.00', currency: 'RUB' },
            payments: {
              totalCount: 2,
              nodes: [
                { amount: { amount: '2.00' }, method: 'CASH', status: 'CONFIRMED' },
                { amount: { amount: '5.00' }, method: 'CASH', status: 'CONFIRMED' },
              ],
            },
          },
          { msisdn: '+79000001002', tariff: { name: 'A' }, balance: { amount: '0.00' }, payments: { totalCount: 0 } },
        ],
      },
      payments: {
        totalCount: 2,
        nodes: [{ amount: { amount: '2.00' }, takenBy: null }, { amount: { amount: '5.00' } }],
      },
    });
  });

  it('pages through every list without losing or repeating any', async () => {
    const seen: string[] = [];
    let after: string | null = null;
    do {
      const { result } = await run(
        `query ($after: String) { contracts(first: 50, after: $after) { nodes { id } pageInfo { hasNextPage endCursor } } }`,
        { after },
      );
      const page = (
        result.data as {
          contracts: { nodes: { id: string }[]; pageInfo: { hasNextPage: boolean; endCursor: string } };
        }
      ).contracts;
      seen.push(...page.nodes.map(({ id }) => id));
      after = page.pageInfo.hasNextPage ? page.pageInfo.endCursor : null;
    } while (after);
    expect(seen).toHaveLength(2 * CUSTOMERS);
    expect(new Set(seen).size).toBe(2 * CUSTOMERS);
  });
});

const WITH_CALLS = `query ($first: Int) {
  customers(first: $first, orderBy: { field: CREATED_AT }) {
    nodes {
      name
      contracts {
        nodes {
          sim { iccid }
          tariff { name pricePerMinute { amount } }
          balance { amount }
          calls { totalCount nodes { id status charge { amount { amount } } } }
          charges { totalCount nodes { amount { amount } } }
        }
      }
      payments { nodes { amount { amount } } }
      calls(first: 2) {
        totalCount
        nodes {
          caller { number customer { name } contract { number } operator { alias } }
          called { number customer { name } contract { number } operator { alias } }
          charge { amount { amount } contract { number } }
          onwardCharge { amount { amount } }
        }
      }
      charges(first: 2) { totalCount nodes { amount { amount } call { id status } contract { id } customer { id } } }
    }
  }
}`;

describe('a customer with their calls too, in one query', () => {
  beforeAll(async () => {
    // Each calls the next one three times, from a number of theirs or from the other.
    const calls = Array.from({ length: 3 * CUSTOMERS }, (_, i) => {
      const n = (i % CUSTOMERS) + 1;
      return {
        exchange: 'test',
        externalId: String(i),
        caller: msisdnOf(i < CUSTOMERS ? 1000 + n : n),
        called: msisdnOf((n % CUSTOMERS) + 1),
        status: CallStatus.COMPLETED,
        startedAt: new Date(),
        durationSeconds: 60,
      };
    });
    await open.work((work) => recordCalls(work, calls));
  });

  it('takes as many statements for fifty customers as for five', async () => {
    const few = await run(WITH_CALLS, { first: 5 });
    const many = await run(WITH_CALLS, { first: 50 });
    expect([few.result.errors, many.result.errors]).toEqual([undefined, undefined]);
    const nodes = (of: typeof many) => (of.result.data as { customers: { nodes: unknown[] } }).customers.nodes;
    expect([nodes(few).length, nodes(many).length]).toEqual([5, 50]);
    for (const node of nodes(many)) {
      expect(node).toMatchObject({ calls: { totalCount: 6 }, charges: { totalCount: 3 } });
    }
    expect(many.statements).toBe(few.statements);
  });

  it('shows who called whom and what it cost', async () => {
    const { result } = await run(WITH_CALLS, { first: 2 });
    const [, second] = (result.data as { customers: { nodes: Record<string, unknown>[] } }).customers.nodes;
    const cost = { amount: { amount: '1.50' } };
    expect(second).toMatchObject({
      contracts: {
        nodes: [
          { calls: { totalCount: 5 }, charges: { totalCount: 2, nodes: [cost, cost] }, balance: { amount: '4.00' } },
          { calls: { totalCount: 1 }, charges: { totalCount: 1, nodes: [cost] }, balance: { amount: '-1.50' } },
        ],
      },
      calls: { nodes: expect.arrayContaining([expect.objectContaining({ charge: expect.objectContaining(cost) })]) },
    });
  });
});

describe('tariffs over time', () => {
  it('shows the prices in force now, and the first ones of a tariff that only begins', async () => {
    const common = { monthlyFee: '0', billingStepSeconds: 1, minimumSeconds: 0, includedMinutes: 0 };
    const publish = (name: string, pricePerMinute: string, validFrom: string) =>
      open.work((work) => publishTariff(work, { ...common, name, pricePerMinute, validFrom: new Date(validFrom) }));
    await publish('Now', '1.125', '2020-01-01');
    await publish('Now', '2', '2021-01-01');
    await publish('Now', '3', '2190-01-01');
    await publish('Soon', '8', '2191-01-01');
    await publish('Soon', '7', '2190-01-01');
    const { result } = await run(
      `query { tariffs(first: 9) { nodes { name pricePerMinute { amount } versions { totalCount nodes { pricePerMinute { amount } } } } } }`,
      {},
    );
    const { nodes } = (result.data as { tariffs: { nodes: { name: string }[] } }).tariffs;
    const prices = (...amounts: string[]) => amounts.map((amount) => ({ pricePerMinute: { amount } }));
    expect(nodes.filter(({ name }) => name.length > 1)).toEqual([
      {
        name: 'Now',
        pricePerMinute: { amount: '2.00' },
        versions: { totalCount: 3, nodes: prices('3.00', '2.00', '1.125') },
      },
      { name: 'Soon', pricePerMinute: { amount: '7.00' }, versions: { totalCount: 2, nodes: prices('8.00', '7.00') } },
    ]);
  });
});
