import { parse, validate } from 'graphql';
import { sql } from 'kysely';
import { CallStatus } from '../../src/entities/calls/call-status.enum.js';
import { PARTNER_SCOPE_NAMES, type PartnerScope } from '../../src/entities/identity/partner-scope.js';
import { buildGraph } from '../../src/resolvers/graph.js';
import { recordCalls } from '../../src/services/calls/record-calls.js';
import { OPERATION_RULES } from '../../src/services/operation-rules.js';
import { systemActor } from '../../src/services/shared/access/actor.js';
import { encodeId } from '../../src/services/shared/ids/global-id.js';
import { type Product, startProduct } from '../support/product.js';
import { signInCustomer, signInPartner, signInUser } from '../support/sign-ins.js';
import { subscribe, untilNobodyListens } from '../support/subscribe.js';
import { msisdnOf, publishTestTariff, registerTestSubscriber } from '../support/subscribers.js';

type Role = 'admin' | 'supervisor' | 'operator' | 'customer';

/** What one may do is written down here by hand, from the table “Who may do what” of the requirements. */
interface Expected {
  /** The operation as a client sends it; what it is about need not be there. */
  readonly ask: string;
  /** `anybody`: without a token too; `known`: with any that holds. */
  readonly to: 'anybody' | 'known' | readonly Role[];
  /** The scopes of which each alone lets a partner's key through. */
  readonly scopes?: readonly PartnerScope[];
  /** Whether it is of a session, which a partner's key has none of. */
  readonly ofSession?: true;
}

const STAFF = ['admin', 'supervisor', 'operator'] as const;
const ALL = [...STAFF, 'customer'] as const;
const id = (kind: string) => JSON.stringify(encodeId(kind, '999999'));
const one = (field: string, kind: string) => `{ ${field}(id: ${id(kind)}) { id } }`;
const list = (field: string) => `{ ${field}(first: 1) { nodes { id } } }`;
const mutation = (name: string, input: string) =>
  `mutation { ${name}${input && `(input: { ${input} })`} { errors { code } } }`;
const read = (field: string, kind: string, to: readonly Role[], ...scopes: PartnerScope[]) => ({
  [`Query.${field}`]: { ask: one(field, kind), to, scopes },
  [`Query.${field}s`]: { ask: list(`${field}s`), to, scopes },
});
/** Mutations of one endpoint of webhooks. */
const managing = (...names: string[]): Readonly<Record<string, Expected>> =>
  Object.fromEntries(
    names.map((name) => [
      `Mutation.${name}`,
      { ask: mutation(name, `endpointId: ${id('WebhookEndpoint')}`), to: ['admin'], scopes: ['webhooks'] },
    ]),
  );
/** Mutations of one inquiry. */
const workingOn = (names: readonly string[], more: string, to: readonly Role[], ...scopes: PartnerScope[]) =>
  Object.fromEntries(
    names.map((name) => [
      `Mutation.${name}`,
      { ask: mutation(name, `inquiryId: ${id('Inquiry')}${more}`), to, scopes } satisfies Expected,
    ]),
  );
/** Subscriptions without an argument that they need. */
const following = (names: readonly string[], to: readonly Role[], ...scopes: PartnerScope[]) =>
  Object.fromEntries(
    names.map((name) => [
      `Subscription.${name}`,
      { ask: `subscription { ${name} { cursor } }`, to, scopes } satisfies Expected,
    ]),
  );

const EXPECTED: Readonly<Record<string, Expected>> = {
  ...read('customer', 'Customer', ALL, 'customers:read'),
  ...read('contract', 'Contract', ALL, 'contracts:read'),
  ...read('sim', 'Sim', ALL, 'contracts:read'),
  ...read('tariff', 'Tariff', ALL, 'contracts:read'),
  ...read('payment', 'Payment', ALL, 'payments:read'),
  ...read('call', 'Call', ALL, 'calls:read'),
  ...read('charge', 'Charge', ALL, 'calls:read'),
  ...read('operator', 'Operator', ALL),
  ...read('user', 'User', STAFF),
  ...read('userGroup', 'UserGroup', STAFF),
  ...read('importJob', 'ImportJob', ['admin', 'supervisor']),
  'Query.roles': { ask: list('roles'), to: ['admin'] },
  'Query.partnerKeys': { ask: list('partnerKeys'), to: ['admin'] },
  'Query.dailyCallReport': {
    ask: '{ dailyCallReport(from: "2026-09-01", to: "2026-09-01") { day } }',
    to: STAFF,
    scopes: ['reports:read'],
  },
  'Query.operatorStatistics': {
    ask: '{ operatorStatistics(from: "2026-09-01", to: "2026-09-01") { nodes { load } } }',
    to: STAFF,
    scopes: ['reports:read'],
  },
  'Query.sourceStatistics': {
    ask: '{ sourceStatistics(from: "2026-09-01", to: "2026-09-01") { nodes { name } } }',
    to: ['admin', 'supervisor'],
    scopes: ['reports:read'],
  },
  'Query.history': { ask: list('history'), to: STAFF },
  'Mutation.eraseHistory': { ask: mutation('eraseHistory', `subjectId: ${id('Customer')}`), to: ['admin'] },
  'Query.viewer': { ask: '{ viewer { kind } }', to: 'known' },
  'Query.node': { ask: one('node', 'Customer'), to: 'known' },
  'Query.nodes': { ask: `{ nodes(ids: [${id('Customer')}]) { id } }`, to: 'known' },
  'Query.feedCursor': { ask: '{ feedCursor }', to: 'known' },
  'Query.enumLabels': { ask: '{ enumLabels(name: "CallStatus") { value } }', to: 'anybody' },
  'Mutation.registerSubscriber': {
    ask: mutation('registerSubscriber', `msisdn: "1", iccid: "1", tariffId: ${id('Tariff')}, idempotencyKey: "1"`),
    // A partner's key needs two scopes: see below.
    to: ['admin', 'operator'],
  },
  'Mutation.activateContract': {
    ask: mutation('activateContract', `contractId: ${id('Contract')}, idempotencyKey: "1"`),
    to: STAFF,
    scopes: ['contracts:write'],
  },
  'Mutation.recordPayment': {
    ask: mutation('recordPayment', `contractId: ${id('Contract')}, amount: "1", idempotencyKey: "1"`),
    to: ['admin', 'operator'],
    scopes: ['payments:write'],
  },
  'Mutation.recordCalls': {
    ask: mutation('recordCalls', 'calls: [], idempotencyKey: "1"'),
    to: ['admin', 'supervisor'],
    scopes: ['calls:write'],
  },
  'Mutation.importSubscribers': {
    ask: mutation('importSubscribers', `fileId: ${id('StoredFile')}, idempotencyKey: "1"`),
    to: ['admin', 'supervisor'],
  },
  'Mutation.importCalls': {
    ask: mutation('importCalls', `fileId: ${id('StoredFile')}, idempotencyKey: "1"`),
    to: ['admin', 'supervisor'],
  },
  'Mutation.createPartnerKey': { ask: mutation('createPartnerKey', 'name: "", scopes: []'), to: ['admin'] },
  'Mutation.revokePartnerKey': {
    ask: mutation('revokePartnerKey', `partnerKeyId: ${id('PartnerKey')}`),
    to: ['admin'],
  },
  'Query.webhookEndpoint': { ask: one('webhookEndpoint', 'WebhookEndpoint'), to: ['admin'], scopes: ['webhooks'] },
  'Query.webhookEndpoints': { ask: list('webhookEndpoints'), to: ['admin'], scopes: ['webhooks'] },
  'Query.webhookDelivery': { ask: one('webhookDelivery', 'WebhookDelivery'), to: ['admin'], scopes: ['webhooks'] },
  'Query.webhookDeliveries': { ask: list('webhookDeliveries'), to: ['admin'], scopes: ['webhooks'] },
  'Query.webhookEventKinds': { ask: '{ webhookEventKinds { kind } }', to: ['admin'], scopes: ['webhooks'] },
  'Mutation.createWebhookEndpoint': {
    ask: mutation('createWebhookEndpoint', 'url: "", eventKinds: [], idempotencyKey: "1"'),
    to: ['admin'],
    scopes: ['webhooks'],
  },
  ...managing('changeWebhookEndpoint', 'removeWebhookEndpoint', 'testWebhookEndpoint'),
  'Mutation.rotateWebhookSecret': {
    ask: mutation('rotateWebhookSecret', `endpointId: ${id('WebhookEndpoint')}, idempotencyKey: "1"`),
    to: ['admin'],
    scopes: ['webhooks'],
  },
  'Mutation.redeliverWebhook': {
    ask: mutation('redeliverWebhook', `deliveryId: ${id('WebhookDelivery')}`),
    to: ['admin'],
    scopes: ['webhooks'],
  },
  'Mutation.replayWebhooks': {
    ask: mutation('replayWebhooks', `endpointId: ${id('WebhookEndpoint')}, after: ""`),
    to: ['admin'],
    scopes: ['webhooks'],
  },
  ...read('source', 'Source', STAFF),
  'Query.inquiry': { ask: one('inquiry', 'Inquiry'), to: STAFF, scopes: ['inquiries:read'] },
  'Query.inquiries': { ask: list('inquiries'), to: STAFF, scopes: ['inquiries:read'] },
  ...read('lead', 'Lead', STAFF, 'inquiries:read'),
  'Query.leadDuplicates': { ask: list('leadDuplicates'), to: STAFF, scopes: ['inquiries:read'] },
  'Mutation.changeLead': { ask: mutation('changeLead', `leadId: ${id('Lead')}`), to: ['admin', 'supervisor'] },
  'Mutation.mergeLeads': {
    ask: mutation('mergeLeads', `keptId: ${id('Lead')}, mergedId: ${id('Lead')}`),
    to: ['admin', 'supervisor'],
  },
  'Mutation.dismissLeadDuplicate': {
    ask: mutation('dismissLeadDuplicate', `duplicateId: ${id('LeadDuplicate')}`),
    to: ['admin', 'supervisor'],
  },
  'Mutation.registerInquiry': {
    ask: mutation('registerInquiry', 'source: "", idempotencyKey: ""'),
    to: STAFF,
    scopes: ['inquiries:write'],
  },
  'Mutation.createSource': { ask: mutation('createSource', 'name: ""'), to: ['admin'] },
  'Mutation.changeSource': { ask: mutation('changeSource', `sourceId: ${id('Source')}`), to: ['admin'] },
  'Mutation.removeSource': { ask: mutation('removeSource', `sourceId: ${id('Source')}`), to: ['admin'] },
  // Of which operators: tests/distribution/weights.test.ts.
  'Mutation.setSourceWeight': {
    ask: mutation('setSourceWeight', `sourceId: ${id('Source')}, operatorId: ${id('Operator')}, weight: 1`),
    to: ['admin', 'supervisor'],
  },
  'Mutation.removeSourceOperator': {
    ask: mutation('removeSourceOperator', `sourceId: ${id('Source')}, operatorId: ${id('Operator')}`),
    to: ['admin', 'supervisor'],
  },
  'Mutation.openSourceIntake': {
    ask: mutation('openSourceIntake', `sourceId: ${id('Source')}, idempotencyKey: "1"`),
    to: ['admin'],
  },
  'Mutation.closeSourceIntake': { ask: mutation('closeSourceIntake', `sourceId: ${id('Source')}`), to: ['admin'] },
  'Query.webForm': { ask: one('webForm', 'WebForm'), to: STAFF },
  'Mutation.createWebForm': {
    ask: mutation(
      'createWebForm',
      `sourceId: ${id('Source')}, title: "", thanks: "", language: RU, idempotencyKey: "1"`,
    ),
    to: ['admin'],
  },
  'Mutation.changeWebForm': { ask: mutation('changeWebForm', `webFormId: ${id('WebForm')}`), to: ['admin'] },
  'Mutation.removeWebForm': { ask: mutation('removeWebForm', `webFormId: ${id('WebForm')}`), to: ['admin'] },
  'Mutation.registerOperator': {
    ask: mutation('registerOperator', 'alias: "", fullName: "", email: "", phone: "", maxLoad: 1'),
    to: ['admin'],
  },
  'Mutation.changeOperator': { ask: mutation('changeOperator', `operatorId: ${id('Operator')}`), to: ['admin'] },
  'Mutation.removeOperator': { ask: mutation('removeOperator', `operatorId: ${id('Operator')}`), to: ['admin'] },
  // Of which operators: tests/identity/operator-limit.test.ts.
  'Mutation.changeOperatorLimit': {
    ask: mutation('changeOperatorLimit', `operatorId: ${id('Operator')}, maxLoad: 1`),
    to: ['admin', 'supervisor'],
  },
  // Of which inquiries, and to which operators: tests/distribution/inquiry-rights.test.ts.
  ...workingOn(['acceptInquiry', 'declineInquiry'], '', STAFF),
  ...workingOn(['answerInquiry'], '', STAFF, 'inquiries:write'),
  ...workingOn(['changeInquiryStatus'], ', status: CLOSED', STAFF, 'inquiries:write'),
  ...workingOn(['changeInquiryPriority'], ', priority: 1', ['admin', 'supervisor'], 'inquiries:write'),
  ...workingOn(['changeInquirySkills'], ', skills: []', ['admin', 'supervisor'], 'inquiries:write'),
  ...workingOn(['returnInquiry'], '', STAFF),
  ...workingOn(['assignInquiry'], `, operatorId: ${id('Operator')}`, ['admin', 'supervisor']),
  'Mutation.setPresence': { ask: mutation('setPresence', 'presence: ONLINE'), to: STAFF },
  'Mutation.renewInvitation': { ask: mutation('renewInvitation', `userId: ${id('User')}`), to: ['admin'] },
  'Mutation.signIn': { ask: mutation('signIn', 'email: "", password: ""'), to: 'anybody' },
  'Mutation.refreshSession': { ask: mutation('refreshSession', 'refreshToken: "none"'), to: 'anybody' },
  'Mutation.acceptInvitation': {
    ask: mutation('acceptInvitation', 'token: "none", password: "a good password"'),
    to: 'anybody',
  },
  'Mutation.changePassword': {
    ask: mutation('changePassword', 'currentPassword: "wrong", newPassword: "a good password"'),
    to: ALL,
    ofSession: true,
  },
  'Mutation.signOut': { ask: mutation('signOut', ''), to: ALL, ofSession: true },
  'Mutation.signOutEverywhere': { ask: mutation('signOutEverywhere', ''), to: ALL, ofSession: true },
  'Subscription.callFeed': { ask: 'subscription { callFeed { cursor } }', to: ALL, scopes: ['calls:read'] },
  ...following(['inquiryAssigned', 'inquiryChanged', 'inquiryDeadline'], STAFF, 'inquiries:read'),
  ...following(['inquiryQueue'], ['admin', 'supervisor']),
  'Subscription.importProgressed': {
    ask: `subscription { importProgressed(id: ${id('ImportJob')}) { cursor } }`,
    to: ['admin', 'supervisor'],
  },
};

/** What stands in each role's way, or nothing. */
type Outcome = 'allowed' | 'FORBIDDEN' | 'UNAUTHENTICATED';

const schema = buildGraph();
let product: Product;

/** A token for everybody: each role, a key with each scope alone, one with a token that does not hold, and nobody. */
async function everybody(): Promise<Map<string, string | undefined>> {
  const { database } = product;
  const tokens = new Map<string, string | undefined>([
    ['anonymous', undefined],
    ['a wrong token', 'wrong'],
    ['customer', (await signInCustomer(database)).token],
  ]);
  for (const role of ['admin', 'supervisor'] as const) tokens.set(role, (await signInUser(database, { role })).token);
  tokens.set('operator', (await signInUser(database, { role: 'operator', operator: {} })).token);
  for (const scope of PARTNER_SCOPE_NAMES) tokens.set(scope, (await signInPartner(database, [scope])).token);
  return tokens;
}

function expectedOf(who: string, { to, scopes = [] }: Expected): Outcome {
  if (to === 'anybody') return 'allowed';
  if (who === 'anonymous' || who === 'a wrong token') return 'UNAUTHENTICATED';
  return to === 'known' || to.includes(who as Role) || scopes.includes(who as PartnerScope) ? 'allowed' : 'FORBIDDEN';
}

const RIGHTS: readonly (string | undefined)[] = ['FORBIDDEN', 'UNAUTHENTICATED'];
const outcomeOf = (codes: readonly (string | undefined)[]) =>
  (codes.find((code) => RIGHTS.includes(code)) ?? 'allowed') as Outcome;

async function ask(document: string, token: string | undefined): Promise<Outcome> {
  const { errors = [] } = await product.graphql(document, {}, token);
  return outcomeOf(errors.map(({ extensions }) => extensions.code));
}

async function follow(document: string, token: string | undefined): Promise<Outcome> {
  const subscriber = await subscribe(product, document, token === undefined ? {} : { token });
  const outcome =
    subscriber.closeCode() === 4401 ? 'UNAUTHENTICATED' : outcomeOf(subscriber.errors.map((e) => e.extensions?.code));
  await subscriber.stop();
  await untilNobodyListens(product);
  return outcome;
}

beforeAll(async () => {
  product = await startProduct();
});
afterAll(() => product.stop());

describe('every operation is open to whom the requirements name, and to nobody else', () => {
  let tokens: Map<string, string | undefined>;

  beforeAll(async () => {
    tokens = await everybody();
  });

  it('is written down here for each', () => {
    expect(Object.keys(EXPECTED).sort()).toEqual(Object.keys(OPERATION_RULES).sort());
  });

  it.each(Object.keys(OPERATION_RULES))('%s', async (operation) => {
    const expected = EXPECTED[operation]!;
    expect(validate(schema, parse(expected.ask))).toEqual([]);
    const send = operation.startsWith('Subscription.') ? follow : ask;
    // Signing out ends what the others need.
    const asking = expected.ofSession ? await everybody() : tokens;
    const outcomes: Record<string, Outcome> = {};
    for (const [who, token] of asking) outcomes[who] = await send(expected.ask, token);
    expect(outcomes).toEqual(Object.fromEntries([...asking.keys()].map((who) => [who, expectedOf(who, expected)])));
  });

  it('registering a subscriber takes both scopes of a partner’s key', async () => {
    const { token } = await signInPartner(product.database, ['customers:write', 'contracts:write']);
    expect(await ask(EXPECTED['Mutation.registerSubscriber']!.ask, token)).toBe('allowed');
  });
});

/** What leads from one kind of object to another; a balance is the contract's account. */
const NESTED: Readonly<Record<string, Readonly<Record<string, readonly [target: string, selection: string]>>>> = {
  Customer: {
    contracts: ['Contract', '{ nodes { id } }'],
    payments: ['Payment', '{ nodes { id } }'],
    calls: ['Call', '{ nodes { id } }'],
    charges: ['Charge', '{ nodes { id } }'],
  },
  Contract: {
    customer: ['Customer', '{ id }'],
    sim: ['Sim', '{ id }'],
    tariff: ['Tariff', '{ id }'],
    balance: ['Payment', '{ amount }'],
    payments: ['Payment', '{ nodes { id } }'],
    calls: ['Call', '{ nodes { id } }'],
    charges: ['Charge', '{ nodes { id } }'],
  },
  Sim: { contract: ['Contract', '{ id }'] },
  Payment: { contract: ['Contract', '{ id }'], customer: ['Customer', '{ id }'] },
  Call: { charge: ['Charge', '{ id }'] },
  Charge: { call: ['Call', '{ id }'], contract: ['Contract', '{ id }'], customer: ['Customer', '{ id }'] },
};
const KINDS = ['Customer', 'Contract', 'Sim', 'Tariff', 'Payment', 'Call', 'Charge'] as const;
type Kind = (typeof KINDS)[number];

/** The kinds of objects that each sees of a subscriber who called a stranger. */
const SEEN: Readonly<Record<string, readonly Kind[]>> = {
  anonymous: [],
  admin: KINDS,
  supervisor: KINDS,
  operator: ['Customer', 'Contract', 'Sim', 'Tariff', 'Payment'],
  'the customer': KINDS,
  customer: ['Tariff'],
  'customers:read': ['Customer'],
  'contracts:read': ['Contract', 'Sim', 'Tariff'],
  'payments:read': ['Payment'],
  'calls:read': ['Call', 'Charge'],
};

describe('what is nested is seen by whom it is seen by itself', () => {
  let tokens: Map<string, string | undefined>;
  let ids: Record<Kind, string>;

  beforeAll(async () => {
    const { database } = product;
    const tariffId = await publishTestTariff(database);
    const { contractId, customerId } = await registerTestSubscriber(database, 1, tariffId, { deposit: '100' });
    const call = { exchange: 'test', externalId: '1', status: CallStatus.COMPLETED, durationSeconds: 60 };
    await database.transact(systemActor('test'), (work) =>
      recordCalls(work, [{ ...call, caller: msisdnOf(1), called: '+79995554433', startedAt: new Date() }]),
    );
    const [keys] = await database.rows<{ sim: string; payment: string; call: string; charge: string }>(sql`
      select k.sim_id as sim, p.id as payment, c.id as call, h.id as charge
      from contract k join payment p on p.contract_id = k.id join charge h on h.contract_id = k.id
      join call c on c.id = h.call_id where k.id = ${contractId}`);
    ids = {
      Customer: encodeId('Customer', customerId),
      Contract: encodeId('Contract', contractId),
      Sim: encodeId('Sim', keys!.sim),
      Tariff: tariffId,
      Payment: encodeId('Payment', keys!.payment),
      Call: encodeId('Call', keys!.call),
      Charge: encodeId('Charge', keys!.charge),
    };
    tokens = await everybody();
    tokens.set('the customer', (await signInCustomer(database, customerId)).token);
  });

  it.each(['the customer', 'admin', 'supervisor', 'operator', 'customer', ...PARTNER_SCOPE_NAMES])(
    '%s',
    async (who) => {
      const fragments = Object.entries(NESTED).map(([kind, fields]) => {
        // An alias each, since fields of one name have several types.
        const selections = Object.entries(fields).map(
          ([field, [, selection]]) => `${kind}_${field}: ${field} ${selection}`,
        );
        return `... on ${kind} { ${selections.join(' ')} }`;
      });
      const document = `query ($ids: [ID!]!) { nodes(ids: $ids) { __typename ${fragments.join(' ')} } }`;
      const { data, errors } = await product.graphql(
        document,
        { ids: KINDS.map((kind) => ids[kind]) },
        tokens.get(who),
      );
      expect(errors).toBeUndefined();
      const isThere = (value: { nodes?: unknown[] } | null) => value !== null && value.nodes?.length !== 0;
      const seen = (data.nodes as (Record<string, never> | null)[]).filter((node) => node !== null);
      const found = seen.flatMap(({ __typename, ...fields }) => [
        String(__typename),
        ...Object.keys(fields).filter((field) => isThere(fields[field]!)),
      ]);
      const kinds = SEEN[who] ?? [];
      const paths = kinds.flatMap((kind) => [
        kind,
        ...Object.entries(NESTED[kind] ?? {})
          .filter(([, [target]]) => kinds.includes(target as Kind))
          .map(([field]) => `${kind}_${field}`),
      ]);
      expect(found.sort()).toEqual(paths.sort());
    },
  );

  it('in an event too: a partner who may follow calls learns no more than the scope says', async () => {
    const document = `subscription { callFeed { call {
      caller { number customer { id } contract { id } operator { id } } charge { amount { amount } contract { id } } } } }`;
    const record = async (externalId: string) => {
      const call = { exchange: 'test', externalId, caller: msisdnOf(1), called: '+79995554433', durationSeconds: 60 };
      const [recorded] = await product.database.transact(systemActor('test'), (work) =>
        recordCalls(work, [{ ...call, status: CallStatus.COMPLETED, startedAt: new Date() }]),
      );
      if (recorded?.outcome !== 'RECORDED') throw new Error(`Not recorded: ${JSON.stringify(recorded)}`);
      return encodeId('Call', recorded.callId);
    };
    // Calls of before may still come where a transaction elsewhere held the feed up: it is followed to past all of them.
    const ahead = await subscribe<{ callFeed: { call: { id: string } } }>(
      product,
      'subscription { callFeed { call { id } } }',
      { token: tokens.get('admin')! },
    );
    const earlier = await record('2');
    await ahead.untilOne(({ callFeed }) => callFeed.call.id === earlier);
    const subscriber = await subscribe(product, document, { token: tokens.get('calls:read')! });
    await record('3');
    expect(await subscriber.until(1)).toEqual([
      {
        callFeed: {
          call: {
            caller: { number: msisdnOf(1), customer: null, contract: null, operator: null },
            charge: { amount: { amount: '1.50' }, contract: null },
          },
        },
      },
    ]);
    await subscriber.stop();
    await ahead.stop();
  });
});
