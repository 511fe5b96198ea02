import { sql } from 'kysely';
import { encodeId } from '../../src/services/shared/ids/global-id.js';
import { type Product, startProduct } from '../support/product.js';
import { type Actors, createActors, signInPartner } from '../support/sign-ins.js';
import {
  countRows,
  iccidOf,
  msisdnOf,
  publishTestTariff,
  registerTestSubscriber,
  subscriberOf,
} from '../support/subscribers.js';

const REGISTER = `mutation ($input: RegisterSubscriberInput!) {
  registerSubscriber(input: $input) {
    contract { id number msisdnFormatted status balance { amount currency } sim { iccid imsi status } tariff { name } payments { nodes { amount { amount } takenBy { name } } } }
    customer { id name email contracts { nodes { id } } }
    errors { code message path }
  }
}`;
const ACTIVATE = `mutation ($input: ActivateContractInput!) {
  activateContract(input: $input) { contract { status activatedAt sim { status } } errors { code path } }
}`;
const PAY = `mutation ($input: RecordPaymentInput!) {
  recordPayment(input: $input) {
    payment { id amount { amount currency } method status takenBy { name } contract { balance { amount } } customer { id } }
    errors { code path }
  }
}`;

let product: Product;
let actors: Actors;
let tariffId: string;
let next = 100;

beforeAll(async () => {
  product = await startProduct();
  actors = await createActors(product.database);
  tariffId = await publishTestTariff(product.database);
});

afterAll(() => product?.stop());

const asOperator = (document: string, input: object) => product.graphql(document, { input }, actors.operator.token);

describe('GetSim over the graph', () => {
  it('registers and activates a subscriber in one mutation', async () => {
    const n = ++next;
    const input = subscriberOf(n, tariffId, { msisdn: '8(900) 111-22-33', imsi: '250010000000100', deposit: '300' });
    const { data, errors } = await asOperator(REGISTER, input);
    expect(errors).toBeUndefined();
    expect(data.registerSubscriber).toMatchObject({
      contract: {
        number: expect.stringMatching(/^C-\d{8}$/),
        msisdnFormatted: '8(900) 111-22-33',
        status: 'ACTIVE',
        balance: { amount: '300.00', currency: 'RUB' },
        sim: { iccid: iccidOf(n), imsi: '250010000000100', status: 'ACTIVE' },
        tariff: { name: 'Minute' },
        payments: { nodes: [{ amount: { amount: '300.00' }, takenBy: { name: 'Petrova Anna' } }] },
      },
      customer: { name: `Петров Пётр ${n}`, email: `subscriber${n}@test.example` },
      errors: [],
    });
    const { contract, customer } = data.registerSubscriber;
    expect(customer.contracts.nodes).toEqual([{ id: contract.id }]);
    const again = await asOperator(REGISTER, input);
    expect(again.data).toEqual(data);
  });

  it('answers with every fault and its path, and leaves nothing behind', async () => {
    const before = await countRows(product.database);
    const { data, errors } = await asOperator(REGISTER, {
      ...subscriberOf(++next, tariffId),
      msisdn: '89001112',
      iccid: '8970104760663767573',
      deposit: '-1',
    });
    expect(errors).toBeUndefined();
    const { contract, customer, errors: faults } = data.registerSubscriber;
    expect([contract, customer]).toEqual([null, null]);
    expect(faults.map(({ code, path }: { code: string; path: string[] }) => `${code} ${path.join('.')}`)).toEqual([
      'BAD_USER_INPUT input.msisdn',
      'BAD_USER_INPUT input.iccid',
      'BAD_USER_INPUT input.deposit',
    ]);
    expect(await countRows(product.database)).toEqual(before);
  });

  it('lets a contract begin in the past from who may start imports only, but for a day', async () => {
    const daysAgo = (days: number) => new Date(Date.now() - days * 86_400_000).toISOString();
    const registerAs = async (token: string, validFrom: string) => {
      const n = ++next;
      const input = { ...subscriberOf(n, tariffId), validFrom };
      return (await product.graphql(REGISTER, { input }, token)).data.registerSubscriber.errors;
    };
    const { operator, admin } = actors;
    expect(await registerAs(operator.token, daysAgo(2))).toEqual([
      { code: 'BAD_USER_INPUT', message: expect.stringContaining('import'), path: ['input', 'validFrom'] },
    ]);
    expect(await registerAs(operator.token, daysAgo(0.9))).toEqual([]);
    expect(await registerAs(admin.token, daysAgo(2))).toEqual([]);
  });

  it('gives one SIM to one of twenty requests at once, and a typed conflict to the others', async () => {
    const shared = iccidOf(++next);
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => asOperator(REGISTER, { ...subscriberOf(++next, tariffId), iccid: shared })),
    );
    expect(answers.map(({ status }) => status)).toEqual(Array(20).fill(200));
    const results = answers.map(({ data }) => data.registerSubscriber);
    expect(results.filter(({ contract }) => contract)).toHaveLength(1);
    const refused = results.filter(({ contract }) => !contract);
    for (const { errors } of refused) expect(errors).toMatchObject([{ code: 'CONFLICT', path: ['input', 'iccid'] }]);
  });

  it('keeps a contract for later, and activates it once', async () => {
    const { data } = await asOperator(REGISTER, subscriberOf(++next, tariffId, { activate: false }));
    expect(data.registerSubscriber.contract).toMatchObject({ status: 'ACCEPTED', sim: { status: 'RESERVED' } });
    const input = { contractId: data.registerSubscriber.contract.id, idempotencyKey: `activate ${next}` };
    const active = {
      contract: { status: 'ACTIVE', activatedAt: expect.any(String), sim: { status: 'ACTIVE' } },
      errors: [],
    };
    expect((await asOperator(ACTIVATE, input)).data.activateContract).toEqual(active);
    expect((await asOperator(ACTIVATE, input)).data.activateContract).toEqual(active);
    const second = await asOperator(ACTIVATE, { ...input, idempotencyKey: `activate again ${next}` });
    expect(second.data.activateContract).toEqual({
      contract: null,
      errors: [{ code: 'STATE_NOT_ALLOWED', path: ['input', 'contractId'] }],
    });
  });
});

describe('GetDeposit over the graph', () => {
  it('shows the payment, who took it, and the balance', async () => {
    const { contractId, customerId } = await registerTestSubscriber(product.database, ++next, tariffId, {
      deposit: '10',
    });
    const input = { contractId: encodeId('Contract', contractId), amount: '15.50', idempotencyKey: `pay ${next}` };
    const { data, errors } = await asOperator(PAY, input);
    expect(errors).toBeUndefined();
    expect(data.recordPayment).toEqual({
      payment: {
        id: expect.any(String),
        amount: { amount: '15.50', currency: 'RUB' },
        method: 'CASH',
        status: 'CONFIRMED',
        takenBy: { name: 'Petrova Anna' },
        contract: { balance: { amount: '25.50' } },
        customer: { id: encodeId('Customer', customerId) },
      },
      errors: [],
    });
    const refused = await asOperator(PAY, { ...input, amount: '-1', idempotencyKey: `refused ${next}` });
    expect(refused.data.recordPayment).toEqual({
      payment: null,
      errors: [{ code: 'BAD_USER_INPUT', path: ['input', 'amount'] }],
    });
    const other = await asOperator(PAY, { ...input, amount: '16' });
    expect(other.data.recordPayment.errors).toEqual([
      { code: 'IDEMPOTENCY_MISMATCH', path: ['input', 'idempotencyKey'] },
    ]);
  });
});

describe('who may register and take payments', () => {
  const codeOf = async (document: string, input: object, token?: string) => {
    const { data, errors } = await product.graphql(document, { input }, token);
    const [payload] = Object.values((data ?? {}) as Record<string, { errors: { code: string }[] } | null>);
    return errors?.[0]?.extensions.code ?? payload?.errors[0]?.code ?? 'DONE';
  };

  it.each([
    ['nobody', undefined, 'UNAUTHENTICATED', 'UNAUTHENTICATED'],
    ['admin', () => actors.admin.token, 'DONE', 'DONE'],
    ['supervisor', () => actors.supervisor.token, 'FORBIDDEN', 'FORBIDDEN'],
    ['operator', () => actors.operator.token, 'DONE', 'DONE'],
    ['customer', () => actors.customer.token, 'FORBIDDEN', 'FORBIDDEN'],
    ['partner', () => actors.partner.token, 'DONE', 'DONE'],
  ])('%s', async (_who, token, registers, pays) => {
    const { contractId } = await registerTestSubscriber(product.database, ++next, tariffId);
    const payment = { contractId: encodeId('Contract', contractId), amount: '1', idempotencyKey: `rights ${next}` };
    expect(await codeOf(REGISTER, subscriberOf(++next, tariffId), token?.())).toBe(registers);
    expect(await codeOf(PAY, payment, token?.())).toBe(pays);
  });

  it('lets a partner who may not take payments register without a deposit only', async () => {
    const { token } = await signInPartner(product.database, ['customers:write', 'contracts:write']);
    const before = await countRows(product.database);
    expect(await codeOf(REGISTER, subscriberOf(++next, tariffId, { deposit: '1' }), token)).toBe('FORBIDDEN');
    expect(await countRows(product.database)).toEqual(before);
    expect(await codeOf(REGISTER, subscriberOf(++next, tariffId), token)).toBe('DONE');
    const [made] = await product.database.rows(sql`select status from contract where msisdn = ${msisdnOf(next)}`);
    expect(made).toEqual({ status: 'ACTIVE' });
  });
});
