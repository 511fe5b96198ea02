import { sql } from 'kysely';
import { buildGraph } from '../../src/resolvers/graph.js';
import { registerOperator } from '../../src/services/identity/register-operator.js';
import { decodeId, encodeId } from '../../src/services/shared/ids/global-id.js';
import { type Product, startProduct } from '../support/product.js';
import { type Actors, createActors, createUser, signInUser } from '../support/sign-ins.js';
import { msisdnOf, publishTestTariff, subscriberOf } from '../support/subscribers.js';
import { ask, CLIENT, change } from './ask.js';

const PASSWORD = 'right horse battery';

let product: Product;
let actors: Actors;
let tariffId: string;
let passwordHash: string;

beforeAll(async () => {
  product = await startProduct({ env: { READ_PLANS: 'on', WEBHOOK_ALLOW_PRIVATE: '1' } });
  actors = await createActors(product.database);
  tariffId = await publishTestTariff(product.database);
  const { hashPassword } = await import('../../src/services/identity/passwords.js');
  passwordHash = await hashPassword(PASSWORD);
});
afterAll(() => product?.stop());

let n = 0;
const next = () => ++n;

async function signedIn(): Promise<{ accessToken: string; refreshToken: string }> {
  const email = `someone-${next()}@test.example`;
  await createUser(product.database, { role: 'operator', email, passwordHash });
  const { session } = await change(
    product,
    'signIn',
    { email, password: PASSWORD },
    'session { accessToken refreshToken }',
  );
  return session;
}

/** Somebody who has no password yet, with the token of their invitation. */
async function invited(): Promise<{ userId: string; token: string }> {
  const { userId } = await createUser(product.database, { role: 'operator', email: `invited-${next()}@test.example` });
  const { invitation } = await change(
    product,
    'renewInvitation',
    { userId: encodeId('User', userId) },
    'invitation { token }',
    actors.admin.token,
  );
  return { userId, token: invitation.token };
}

async function registered(parts: object = {}): Promise<string> {
  const input = subscriberOf(next(), tariffId, parts);
  const { contract } = await change(product, 'registerSubscriber', input, 'contract { id }', actors.admin.token);
  return contract.id;
}

async function fileSent(): Promise<string> {
  const response = await fetch(`${product.url}/files?name=some.csv`, {
    method: 'POST',
    headers: { authorization: `Bearer ${actors.admin.token}`, 'apollographql-client-name': CLIENT.name },
    body: 'some bytes',
  });
  return ((await response.json()) as { id: string }).id;
}

async function endpoint(): Promise<string> {
  const input = { url: `${product.url}/hook`, eventKinds: ['customer.registered'], ...key() };
  const shown = 'endpoint { id }';
  return (await change(product, 'createWebhookEndpoint', input, shown, actors.admin.token)).endpoint.id;
}

/** A message that was delivered to an endpoint. */
async function delivery(): Promise<string> {
  const key = decodeId(await endpoint())!.key;
  const [made] = await product.database.rows(sql<{ id: string }>`
    insert into webhook_delivery (endpoint_id, log, xid, position, kind, subject_kind, subject_id, subject_version,
      recorded_at, data, state, ended_at)
    values (${key}, gen_random_uuid(), 1, 1, 'customer.registered', 'Customer', 1, 1, now(), '{}', 'DELIVERED', now())
    returning id`);
  return encodeId('WebhookDelivery', made!.id);
}

interface Expectation {
  /** The kinds of what it leaves in the history, in their order; none, with why. */
  readonly leaves: readonly string[] | { readonly nothing: string };
  /** Makes ready what it needs, and gives what does it. */
  readonly prepare: () => Promise<() => Promise<unknown>>;
}

/** A source that was made through the graph. */
async function source(): Promise<string> {
  const input = { name: `Source ${next()}` };
  return (await change(product, 'createSource', input, 'source { id }', actors.admin.token)).source.id;
}

/** A source of which an operator takes inquiries. */
async function weighed(): Promise<{ sourceId: string; operatorId: string }> {
  const ids = { sourceId: await source(), operatorId: encodeId('Operator', actors.operator.actor.operatorId!) };
  await change(product, 'setSourceWeight', { ...ids, weight: '1' }, 'weight { id }', actors.admin.token);
  return ids;
}

/** An operator who was made known through the graph. */
async function operator(): Promise<{ operatorId: string }> {
  const [suffix, phone] = [next(), `+7999200${String(n).padStart(4, '0')}`];
  const input = { alias: 'Ира', fullName: 'Иванова Ирина', email: `ira-${suffix}@test.example`, phone, maxLoad: 5 };
  const made = await change(product, 'registerOperator', input, 'operator { id }', actors.admin.token);
  return { operatorId: made.operator.id };
}

async function webForm(): Promise<{ webFormId: string }> {
  const input = { sourceId: await source(), title: 'Ask us', thanks: 'Thanks', language: 'EN', ...key() };
  const made = await change(product, 'createWebForm', input, 'webForm { id }', actors.admin.token);
  return { webFormId: made.webForm.id };
}

/** An inquiry that came through a source. */
async function inquiry(ofSource?: string): Promise<{ inquiryId: string }> {
  const input = { source: ofSource ?? (await source()), externalId: `lead-${next()}`, ...key() };
  const made = await change(product, 'registerInquiry', input, 'inquiry { id }', actors.admin.token);
  return { inquiryId: made.inquiry.id };
}

/** Two leads that one inquiry named at once. */
async function leadsAlike(): Promise<{ firstId: string; secondId: string; duplicateId: string }> {
  const [ofSource, externalId, phone] = [await source(), `alike-${next()}`, `+7999400${String(n).padStart(4, '0')}`];
  for (const named of [{ externalId }, { phone }, { externalId, phone }]) {
    await asAdmin('registerInquiry', { source: ofSource, ...named, ...key() }, 'inquiry { id }')();
  }
  const [pair] = await product.database.rows(sql<{ id: string; first_id: string; second_id: string }>`
    select id, first_id, second_id from lead_duplicate order by id desc limit 1`);
  const { id, first_id: first, second_id: second } = pair!;
  return {
    firstId: encodeId('Lead', first),
    secondId: encodeId('Lead', second),
    duplicateId: encodeId('LeadDuplicate', id),
  };
}

/** An inquiry that is offered to an operator, and what they sign in with. */
async function offer(): Promise<{ inquiryId: string; token: string }> {
  const { actor, token } = await signInUser(product.database, { role: 'operator', operator: {} });
  const input = { name: `Source ${next()}`, acceptWithinSeconds: 600 };
  const made = await change(product, 'createSource', input, 'source { id }', actors.admin.token);
  const ids = { sourceId: made.source.id, operatorId: encodeId('Operator', actor.operatorId!) };
  await change(product, 'setSourceWeight', { ...ids, weight: '1' }, 'weight { id }', actors.admin.token);
  return { ...(await inquiry(ids.sourceId)), token };
}

const asAdmin = (name: string, input: object, shown: string) => () =>
  change(product, name, input, shown, actors.admin.token);
const key = () => ({ idempotencyKey: `key-${next()}` });

/** Every mutation of the graph: whoever adds one says here what it leaves on record. */
const EXPECTED: Readonly<Record<string, Expectation>> = {
  registerSubscriber: {
    leaves: ['CUSTOMER_REGISTERED', 'CONTRACT_REGISTERED', 'SIM_REGISTERED', 'PAYMENT_RECORDED'],
    prepare: async () => () => registered({ deposit: '100' }),
  },
  activateContract: {
    leaves: ['CONTRACT_ACTIVATED', 'SIM_CHANGED'],
    prepare: async () => {
      const contractId = await registered({ activate: false });
      return asAdmin('activateContract', { contractId, ...key() }, 'contract { id }');
    },
  },
  recordPayment: {
    leaves: ['PAYMENT_RECORDED'],
    prepare: async () => {
      const contractId = await registered();
      return asAdmin('recordPayment', { contractId, amount: '5', ...key() }, 'payment { id }');
    },
  },
  recordCalls: {
    leaves: { nothing: 'a call is an event and changes nothing that somebody entered' },
    prepare: async () => {
      await registered();
      const call = { exchange: 'test', externalId: '1', caller: msisdnOf(n), called: '+79995554433' };
      const calls = [{ ...call, status: 'COMPLETED', durationSeconds: 60, startedAt: '2026-09-01T06:00:00Z' }];
      return asAdmin('recordCalls', { calls, ...key() }, 'recorded');
    },
  },
  importSubscribers: {
    leaves: ['IMPORT_REQUESTED'],
    prepare: async () => asAdmin('importSubscribers', { fileId: await fileSent(), ...key() }, 'importJob { id }'),
  },
  importCalls: {
    leaves: ['IMPORT_REQUESTED'],
    prepare: async () => asAdmin('importCalls', { fileId: await fileSent(), ...key() }, 'importJob { id }'),
  },
  createPartnerKey: {
    leaves: ['PARTNER_KEY_CREATED'],
    prepare: async () => asAdmin('createPartnerKey', { name: 'Partner', scopes: ['calls:read'] }, 'partnerKey { id }'),
  },
  revokePartnerKey: {
    leaves: ['PARTNER_KEY_REVOKED'],
    prepare: async () => {
      const made = await asAdmin('createPartnerKey', { name: 'P', scopes: ['calls:read'] }, 'partnerKey { id }')();
      return asAdmin('revokePartnerKey', { partnerKeyId: made.partnerKey.id }, 'partnerKey { id }');
    },
  },
  renewInvitation: { leaves: ['USER_INVITED'], prepare: async () => invited },
  acceptInvitation: {
    leaves: ['USER_INVITATION_ACCEPTED', 'USER_PRESENCE_CHANGED'],
    prepare: async () => {
      const { token } = await invited();
      return () => change(product, 'acceptInvitation', { token, password: PASSWORD }, 'session { accessToken }');
    },
  },
  signIn: { leaves: ['USER_SIGNED_IN', 'USER_PRESENCE_CHANGED'], prepare: async () => signedIn },
  refreshSession: {
    leaves: { nothing: 'a session that goes on is the one that was begun' },
    prepare: async () => {
      const { refreshToken } = await signedIn();
      return () => change(product, 'refreshSession', { refreshToken }, 'session { accessToken }');
    },
  },
  signOut: {
    leaves: ['USER_SIGNED_OUT', 'USER_PRESENCE_CHANGED'],
    prepare: async () => {
      const { accessToken } = await signedIn();
      return () => change(product, 'signOut', undefined, 'endedSessions', accessToken);
    },
  },
  signOutEverywhere: {
    leaves: ['USER_SIGNED_OUT', 'USER_PRESENCE_CHANGED'],
    prepare: async () => {
      const { accessToken } = await signedIn();
      return () => change(product, 'signOutEverywhere', undefined, 'endedSessions', accessToken);
    },
  },
  changePassword: {
    leaves: ['USER_PASSWORD_CHANGED'],
    prepare: async () => {
      const { accessToken } = await signedIn();
      const input = { currentPassword: PASSWORD, newPassword: 'another good one' };
      return () => change(product, 'changePassword', input, 'endedSessions', accessToken);
    },
  },
  createWebhookEndpoint: { leaves: ['WEBHOOK_ENDPOINT_CREATED'], prepare: async () => endpoint },
  changeWebhookEndpoint: {
    leaves: ['WEBHOOK_ENDPOINT_CHANGED'],
    prepare: async () => {
      const endpointId = await endpoint();
      return asAdmin('changeWebhookEndpoint', { endpointId, description: 'Another' }, 'endpoint { id }');
    },
  },
  removeWebhookEndpoint: {
    leaves: ['WEBHOOK_ENDPOINT_REMOVED'],
    prepare: async () => asAdmin('removeWebhookEndpoint', { endpointId: await endpoint() }, 'removedId'),
  },
  rotateWebhookSecret: {
    leaves: ['WEBHOOK_ENDPOINT_SECRET_ROTATED'],
    prepare: async () => asAdmin('rotateWebhookSecret', { endpointId: await endpoint(), ...key() }, 'secret'),
  },
  replayWebhooks: {
    leaves: ['WEBHOOK_ENDPOINT_REPLAYED'],
    prepare: async () => {
      const { feedCursor } = await ask(product, '{ feedCursor }', {}, actors.admin.token);
      return asAdmin('replayWebhooks', { endpointId: await endpoint(), after: feedCursor }, 'endpoint { id }');
    },
  },
  testWebhookEndpoint: {
    leaves: { nothing: 'it only tries' },
    prepare: async () => asAdmin('testWebhookEndpoint', { endpointId: await endpoint() }, 'test { status }'),
  },
  redeliverWebhook: {
    leaves: { nothing: 'the log of deliveries has each attempt' },
    prepare: async () => asAdmin('redeliverWebhook', { deliveryId: await delivery() }, 'delivery { id }'),
  },
  createSource: { leaves: ['SOURCE_CREATED'], prepare: async () => source },
  changeSource: {
    leaves: ['SOURCE_CHANGED'],
    prepare: async () => asAdmin('changeSource', { sourceId: await source(), sticky: true }, 'source { id }'),
  },
  removeSource: {
    leaves: ['SOURCE_REMOVED'],
    prepare: async () => asAdmin('removeSource', { sourceId: await source() }, 'source { id }'),
  },
  setSourceWeight: {
    leaves: ['SOURCE_WEIGHTS_CHANGED'],
    prepare: async () => asAdmin('setSourceWeight', { ...(await weighed()), weight: '2.5' }, 'weight { id }'),
  },
  removeSourceOperator: {
    leaves: ['SOURCE_WEIGHTS_CHANGED'],
    prepare: async () => asAdmin('removeSourceOperator', await weighed(), 'removedId'),
  },
  openSourceIntake: {
    leaves: ['SOURCE_INTAKE_OPENED'],
    prepare: async () => asAdmin('openSourceIntake', { sourceId: await source(), ...key() }, 'secret'),
  },
  closeSourceIntake: {
    leaves: ['SOURCE_INTAKE_CLOSED'],
    prepare: async () => {
      const sourceId = await source();
      await asAdmin('openSourceIntake', { sourceId, ...key() }, 'secret')();
      return asAdmin('closeSourceIntake', { sourceId }, 'source { id }');
    },
  },
  createWebForm: {
    leaves: ['WEB_FORM_CREATED'],
    prepare: async () => {
      const input = { sourceId: await source(), title: 'Ask us', thanks: 'Thanks', language: 'EN', ...key() };
      return asAdmin('createWebForm', input, 'webForm { id }');
    },
  },
  changeWebForm: {
    leaves: ['WEB_FORM_CHANGED'],
    prepare: async () => asAdmin('changeWebForm', { ...(await webForm()), title: 'Call us' }, 'webForm { id }'),
  },
  removeWebForm: {
    leaves: ['WEB_FORM_REMOVED'],
    prepare: async () => asAdmin('removeWebForm', await webForm(), 'webForm { id }'),
  },
  registerOperator: { leaves: ['USER_CREATED', 'OPERATOR_REGISTERED', 'USER_INVITED'], prepare: async () => operator },
  changeOperator: {
    leaves: ['OPERATOR_CHANGED'],
    prepare: async () => asAdmin('changeOperator', { ...(await operator()), active: false }, 'operator { id }'),
  },
  changeOperatorLimit: {
    leaves: ['OPERATOR_CHANGED'],
    prepare: async () => asAdmin('changeOperatorLimit', { ...(await operator()), maxLoad: 7 }, 'operator { id }'),
  },
  removeOperator: {
    leaves: ['OPERATOR_REMOVED'],
    prepare: async () => asAdmin('removeOperator', await operator(), 'operator { id }'),
  },
  registerInquiry: {
    leaves: ['LEAD_REGISTERED', 'INQUIRY_REGISTERED'],
    prepare: async () => {
      const input = { source: await source(), phone: `+7999300${String(n).padStart(4, '0')}`, ...key() };
      return asAdmin('registerInquiry', input, 'inquiry { id }');
    },
  },
  changeInquiryStatus: {
    leaves: ['INQUIRY_STATUS_CHANGED'],
    prepare: async () => {
      const { inquiryId } = await inquiry();
      return asAdmin('changeInquiryStatus', { inquiryId, status: 'CLOSED' }, 'inquiry { id }');
    },
  },
  assignInquiry: {
    leaves: ['INQUIRY_ASSIGNED'],
    prepare: async () => {
      const input = { ...(await inquiry()), ...(await operator()) };
      return asAdmin('assignInquiry', input, 'inquiry { id }');
    },
  },
  returnInquiry: {
    leaves: ['INQUIRY_RELEASED'],
    prepare: async () => asAdmin('returnInquiry', { inquiryId: (await offer()).inquiryId }, 'inquiry { id }'),
  },
  acceptInquiry: {
    leaves: ['INQUIRY_ACCEPTED'],
    prepare: async () => {
      const { inquiryId, token } = await offer();
      return () => change(product, 'acceptInquiry', { inquiryId }, 'inquiry { id }', token);
    },
  },
  declineInquiry: {
    leaves: ['INQUIRY_RELEASED'],
    prepare: async () => {
      const { inquiryId, token } = await offer();
      return () => change(product, 'declineInquiry', { inquiryId }, 'inquiry { id }', token);
    },
  },
  answerInquiry: {
    leaves: ['INQUIRY_ACCEPTED', 'INQUIRY_ANSWERED'],
    prepare: async () => asAdmin('answerInquiry', { inquiryId: (await offer()).inquiryId }, 'inquiry { id }'),
  },
  changeInquiryPriority: {
    leaves: ['INQUIRY_PRIORITY_CHANGED'],
    prepare: async () => asAdmin('changeInquiryPriority', { ...(await inquiry()), priority: 9 }, 'inquiry { id }'),
  },
  changeInquirySkills: {
    leaves: ['INQUIRY_SKILLS_CHANGED'],
    prepare: async () => asAdmin('changeInquirySkills', { ...(await inquiry()), skills: ['french'] }, 'inquiry { id }'),
  },
  setPresence: {
    leaves: ['USER_PRESENCE_CHANGED'],
    prepare: async () => {
      const { accessToken } = await signedIn();
      return () => change(product, 'setPresence', { presence: 'WORKING' }, 'user { presence }', accessToken);
    },
  },
  changeLead: {
    leaves: ['LEAD_CHANGED'],
    prepare: async () => {
      const { firstId } = await leadsAlike();
      return asAdmin('changeLead', { leadId: firstId, name: 'Анна' }, 'lead { id }');
    },
  },
  mergeLeads: {
    leaves: ['LEAD_MERGED', 'LEAD_MERGED', 'LEAD_DUPLICATE_MERGED', 'INQUIRY_LEAD_CHANGED'],
    prepare: async () => {
      const { firstId, secondId } = await leadsAlike();
      return asAdmin('mergeLeads', { keptId: firstId, mergedId: secondId }, 'lead { id }');
    },
  },
  dismissLeadDuplicate: {
    leaves: ['LEAD_DUPLICATE_DISMISSED'],
    prepare: async () => {
      const { duplicateId } = await leadsAlike();
      return asAdmin('dismissLeadDuplicate', { duplicateId }, 'duplicate { id }');
    },
  },
  eraseHistory: {
    leaves: ['HISTORY_ERASED'],
    prepare: async () => asAdmin('eraseHistory', { subjectId: await registered() }, 'erasedRecords'),
  },
};

interface Recorded {
  readonly id: string;
  readonly kind: string;
  readonly actor: string;
  readonly client_name: string | null;
  readonly contents: string;
}

const recordedAfter = (id: string) =>
  product.database.rows(sql<Recorded>`
    select id, kind, actor, client_name, coalesce(before::text, '') || coalesce(after::text, '') as contents
    from change_record where id > ${id} order by id`);

async function lastRecord(): Promise<string> {
  const [row] = await product.database.rows(sql<{ id: string }>`select coalesce(max(id), 0) as id from change_record`);
  return row!.id;
}

describe('every mutation that changes something', () => {
  it('is expected here to leave something in the history, or not to, with why', () => {
    const mutations = Object.keys(buildGraph().getMutationType()!.getFields());
    expect(Object.keys(EXPECTED).sort()).toEqual(mutations.sort());
  });

  it.each(Object.entries(EXPECTED))('%s leaves who did it, from which client, and no secret', async (_name, one) => {
    const act = await one.prepare();
    const before = await lastRecord();
    await act();
    const recorded = await recordedAfter(before);
    const kinds = recorded.map(({ kind }) => kind);
    expect(kinds).toEqual('nothing' in one.leaves ? [] : one.leaves);
    for (const { actor, client_name } of recorded) {
      expect(actor).toMatch(/^user:\d+$/);
      expect(client_name).toBe(CLIENT.name);
    }
    const contents = recorded.map((row) => row.contents).join();
    expect(contents).not.toMatch(/\$argon2|swb_|token|password|secret/i);
    expect(contents).not.toContain(PASSWORD);
  });
});

describe('what is changed otherwise', () => {
  it('is recorded as well: a file that was sent', async () => {
    const before = await lastRecord();
    const id = await fileSent();
    expect(id).toBeTruthy();
    const [recorded, ...more] = await recordedAfter(before);
    expect(more).toEqual([]);
    expect(recorded).toMatchObject({ kind: 'FILE_STORED', client_name: CLIENT.name });
    expect(recorded!.contents).toContain('some.csv');
  });

  it('is recorded as well: an operator who is made known, and brought up to date', async () => {
    const register = (parts: object) =>
      product.database.transact(actors.admin.actor, (work) =>
        registerOperator(work, {
          alias: 'Ольга',
          fullName: 'Операторова Ольга',
          email: 'olga@test.example',
          phone: '+79990000077',
          maxLoad: 10,
          schedule: null,
          ...parts,
        }),
      );
    const before = await lastRecord();
    await register({});
    const made = await recordedAfter(before);
    expect(made.map(({ kind }) => kind)).toEqual(['USER_CREATED', 'OPERATOR_REGISTERED', 'USER_INVITED']);
    await register({});
    const again = await recordedAfter(made.at(-1)!.id);
    expect(again).toEqual([]);
    await register({ fullName: 'Операторова Олеся', phone: '+79990000078', maxLoad: 3 });
    const changes = await product.database.rows(sql<object>`
      select kind, before, after from change_record where id > ${made.at(-1)!.id} order by id`);
    expect(changes).toEqual([
      { kind: 'USER_CHANGED', before: { firstName: 'Ольга' }, after: { firstName: 'Олеся' } },
      {
        kind: 'OPERATOR_CHANGED',
        before: { maxLoad: 10, phone: '+79990000077' },
        after: { maxLoad: 3, phone: '+79990000078' },
      },
    ]);
  });
});
