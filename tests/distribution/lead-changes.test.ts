import { sql } from 'kysely';
import { Permission } from '../../src/entities/identity/permission.enum.js';
import { changeLead } from '../../src/services/distribution/change-lead.js';
import { dismissLeadDuplicate } from '../../src/services/distribution/dismiss-lead-duplicate.js';
import { mergeLeads } from '../../src/services/distribution/merge-leads.js';
import { registerInquiry } from '../../src/services/distribution/register-inquiry.js';
import { systemActor } from '../../src/services/shared/access/actor.js';
import type { Work } from '../../src/services/shared/database/work.js';
import type { Refusal } from '../../src/services/shared/errors/refusal.js';
import { encodeId } from '../../src/services/shared/ids/global-id.js';
import { duplicatesIn, leadsIn, makeSource, type Named, register } from '../support/leads.js';
import { type Product, startProduct } from '../support/product.js';
import { type Actors, createActors } from '../support/sign-ins.js';
import { faults, refusalOf } from '../support/subscribers.js';
import { manage } from './manage.js';

let product: Product;
let actors: Actors;
let sources = 0;
let web: string;
let bot: string;
beforeAll(async () => {
  product = await startProduct();
  actors = await createActors(product.database);
});
afterAll(() => product?.stop());
beforeEach(async () => {
  sources += 1;
  web = `Web ${sources}`;
  bot = `Bot ${sources}`;
  await makeSource(product.database, web);
  await makeSource(product.database, bot, { ownExternalIds: true });
});

let numbers = 0;
const newPhone = () => {
  numbers += 1;
  return `+7902${String(numbers).padStart(7, '0')}`;
};
const idOf = (key: string) => encodeId('Lead', key);
const say = async (named: Named, source = web) => (await register(product.database, source, named)).leadId;
const SHOWN = `{ id name externalId phone email mergedInto { id }
  aliases(first: 9) { nodes { id identifier value } } sourceIds(first: 9) { nodes { id externalId } } }`;
const run = (name: string, input: object, shown: string, token = actors.admin.token) =>
  manage(product, name, input, shown, token);
const change = (key: string, input: object, token?: string) =>
  run('changeLead', { leadId: idOf(key), ...input }, `lead ${SHOWN}`, token);
const merge = (kept: string, merged: string, token?: string) =>
  run('mergeLeads', { keptId: idOf(kept), mergedId: idOf(merged) }, `lead ${SHOWN}`, token);
const leadOf = async (key: string) => (await leadsIn(product.database)).find(({ id }) => id === key)!;

async function aliasesOf(key: string): Promise<{ id: string; value: string }[]> {
  const { data } = await product.graphql(
    `query ($id: ID!) { lead(id: $id) ${SHOWN} }`,
    { id: idOf(key) },
    actors.admin.token,
  );
  return data.lead.aliases.nodes;
}

/** The history of an object, the latest first. */
async function historyOf(id: string): Promise<{ kind: string; changes: object[] }[]> {
  const fields = 'history(first: 9) { nodes { kind changes { field before after } } }';
  const document = `query ($id: ID!) { node(id: $id) { ... on Lead { ${fields} } ... on Inquiry { ${fields} } ... on LeadDuplicate { ${fields} } } }`;
  const { data } = await product.graphql(document, { id }, actors.supervisor.token);
  return data.node.history.nodes;
}

const versionOf = async (key: string) =>
  (await product.database.rows(sql<{ version: number }>`select version from lead where id = ${key}`))[0]!.version;

describe('changeLead', () => {
  it('changes what is given, normalised, and leaves the rest as it is', async () => {
    const phone = newPhone();
    const lead = await say({ externalId: `x${phone}`, phone, name: 'Анна' });
    const email = `Anna${phone.slice(1)}@Example.com`;
    const { errors, payload } = await change(lead, { email: ` ${email} `, externalId: null });
    expect(errors).toEqual([]);
    expect(payload.lead).toMatchObject({ name: 'Анна', externalId: null, phone, email: email.toLowerCase() });
    expect((await change(lead, { phone: '8(902) 999-00-01', name: '' })).payload.lead).toMatchObject({
      name: null,
      phone: '+79029990001',
    });
    // What it was known by finds it no more.
    expect(await say({ phone })).not.toBe(lead);
    expect(await say({ phone: '89029990001' })).toBe(lead);
  });

  it('records what became different, and nothing when it is the same', async () => {
    const phone = newPhone();
    const lead = await say({ phone, name: 'Anna' });
    await change(lead, { name: 'Анна', phone }, actors.supervisor.token);
    await change(lead, { name: 'Анна' });
    expect(await historyOf(idOf(lead))).toMatchObject([
      { kind: 'LEAD_CHANGED', changes: [{ field: 'name', before: 'Anna', after: 'Анна' }] },
      { kind: 'LEAD_REGISTERED' },
    ]);
    expect(await versionOf(lead)).toBe(2);
    const events = await product.database.rows(sql`
      select kind, subject_version as version from feed.event where subject_kind = 'Lead' and subject_id = ${lead} order by position`);
    expect(events).toEqual([
      { kind: 'lead.registered', version: 1 },
      { kind: 'lead.changed', version: 2 },
    ]);
  });

  it('refuses what another lead is known by, beside its own too, and changes nothing then', async () => {
    const [phone, second] = [newPhone(), newPhone()];
    const email = `${phone.slice(1)}@example.com`;
    const other = await say({ externalId: phone, phone, email });
    await merge(other, await say({ phone: second }));
    const lead = await say({ phone: newPhone() });
    for (const [field, value] of Object.entries({ externalId: phone, phone, email })) {
      expect((await change(lead, { name: 'New', [field]: value })).errors).toEqual([`CONFLICT input.${field}`]);
    }
    expect((await change(lead, { phone: second })).errors).toEqual(['CONFLICT input.phone']);
    expect(await leadOf(lead)).toMatchObject({ name: null });
    // What another calls by a namespace of its own is none of the shared one.
    await say({ externalId: `own ${phone}` }, bot);
    expect((await change(lead, { externalId: `own ${phone}` })).errors).toEqual([]);
  });

  it('leaves a lead something that it is known by', async () => {
    const phone = newPhone();
    const lead = await say({ phone });
    expect((await change(lead, { phone: null })).errors).toEqual(['BAD_USER_INPUT input.phone']);
    await say({ phone, externalId: 'b1' }, bot);
    const { payload, errors } = await change(lead, { phone: ' ' });
    expect(errors).toEqual([]);
    expect(payload.lead).toMatchObject({ phone: null, sourceIds: { nodes: [{ externalId: 'b1' }] } });
    const forgetIds = payload.lead.sourceIds.nodes.map(({ id }: { id: string }) => id);
    expect((await change(lead, { forgetIds })).errors).toEqual(['BAD_USER_INPUT input.forgetIds']);
    expect((await change(lead, { forgetIds, email: `${phone.slice(1)}@example.com` })).errors).toEqual([]);
    expect(await say({ externalId: 'b1' }, bot)).not.toBe(lead);
  });

  it('refuses bad input with its path', async () => {
    const lead = await say({ phone: newPhone() });
    expect((await change(lead, { phone: '12', email: 'anna', name: 'a\nb' })).errors.toSorted()).toEqual([
      'BAD_USER_INPUT input.email',
      'BAD_USER_INPUT input.name',
      'BAD_USER_INPUT input.phone',
    ]);
    expect((await change('999999', {})).errors).toEqual(['NOT_FOUND input.leadId']);
    const inquiryId = encodeId('Inquiry', '1');
    expect((await run('changeLead', { leadId: inquiryId }, 'lead { id }')).errors).toEqual([
      'BAD_USER_INPUT input.leadId',
    ]);
    for (const id of ['x', encodeId('LeadAlias', '999999'), idOf(lead)]) {
      expect((await change(lead, { forgetIds: [id] })).errors).toEqual(['NOT_FOUND input.forgetIds.0']);
    }
  });

  it('never gives one identifier to two, whoever registers by it meanwhile', async () => {
    for (let n = 0; n < 10; n += 1) {
      const [own, phone] = [newPhone(), newPhone()];
      const lead = await say({ phone: own });
      const changing = product.database.transact(systemActor('test'), (work) =>
        changeLead(work, { leadId: idOf(lead), phone }),
      );
      const registering = Array.from({ length: 4 }, (_, i) =>
        product.database.transact(systemActor('test'), (work) =>
          registerInquiry(work, { source: web, phone, idempotencyKey: `race ${phone} ${i}` }, () => 0),
        ),
      );
      const [changed] = await Promise.allSettled([changing, ...registering]);
      await Promise.all(registering);
      if (changed.status === 'rejected') expect((changed.reason as Refusal).code).toBe('CONFLICT');
      const holders = (await leadsIn(product.database)).filter((one) => one.phone === phone);
      expect(holders).toMatchObject([{ inquiries: { length: changed.status === 'rejected' ? 4 : 5 } }]);
    }
  });
});

describe('mergeLeads', () => {
  it('gives the one that stays all that it lacks as its own, and the rest beside, where it is found by it', async () => {
    const [phone, second] = [newPhone(), newPhone()];
    const email = `${second.slice(1)}@example.com`;
    const kept = await say({ phone });
    await say({ phone, externalId: 'b1' }, bot);
    const merged = await say({ phone: second, email, name: 'Анна' });
    await say({ phone: second, externalId: 'b2' }, bot);
    const { payload, errors } = await merge(kept, merged);
    expect(errors).toEqual([]);
    expect(payload.lead).toMatchObject({
      ...{ id: idOf(kept), name: 'Анна', phone, email, mergedInto: null },
      aliases: { nodes: [{ identifier: 'PHONE', value: second }] },
      sourceIds: { nodes: [{ externalId: 'b1' }, { externalId: 'b2' }] },
    });
    for (const named of [{ phone }, { phone: second }, { email }]) expect(await say(named)).toBe(kept);
    for (const externalId of ['b1', 'b2']) expect(await say({ externalId }, bot)).toBe(kept);
    expect(await leadOf(merged)).toEqual({
      ...{ id: merged, name: 'Анна', externalId: null, phone: null, email: null, mergedInto: kept },
      ...{ aliases: [], sourceIds: [], inquiries: [] },
    });
    const filtered = await product.graphql(
      'query ($phone: String) { leads(first: 9, filter: { phone: $phone, merged: false }) { nodes { id } } }',
      { phone: second },
      actors.admin.token,
    );
    expect(filtered.data).toEqual({ leads: { nodes: [{ id: idOf(kept) }] } });
  });

  it('is as old as the older of both, whichever of them stays', async () => {
    const [first, second, third] = [
      await say({ phone: newPhone() }),
      await say({ phone: newPhone() }),
      await say({ phone: newPhone() }),
    ];
    for (const [day, lead] of [first, second, third].entries()) {
      await product.database.rows(
        sql`update lead set created_at = ${`2026-09-0${day + 1}T10:00:00Z`} where id = ${lead}`,
      );
    }
    const merged = async (kept: string, gone: string) =>
      (await run('mergeLeads', { keptId: idOf(kept), mergedId: idOf(gone) }, 'lead { createdAt }')).payload;
    const lead = { createdAt: '2026-09-02T10:00:00.000Z' };
    expect(await merged(second, third)).toMatchObject({ lead });
    const older = { createdAt: '2026-09-01T10:00:00.000Z' };
    const fourth = await say({ phone: newPhone() });
    expect(await merged(fourth, second)).toMatchObject({ lead });
    expect(await merged(fourth, first)).toMatchObject({ lead: older });
  });

  it('moves the inquiries with whoever has them, at a new version each, and their source sticks to the operator', async () => {
    const operatorId = actors.operator.actor.operatorId;
    const { database } = product;
    const sticky = await makeSource(database, `Sticky ${sources}`, { sticky: true });
    for (const operator of [operatorId, actors.otherOperator.actor.operatorId]) {
      await database.rows(
        sql`insert into source_weight (source_id, operator_id, weight) values (${sticky}, ${operator}, 1)`,
      );
    }
    await database.rows(sql`update operator set max_load = 100`);
    const phones = [newPhone(), newPhone()] as const;
    const kept = await say({ phone: phones[0] });
    // Drawn with 0, an inquiry goes to the first operator.
    const { inquiryId, leadId: merged } = await register(database, `Sticky ${sources}`, { phone: phones[1] });
    const assigned = () =>
      database.rows(sql<{ operator_id: string; load: number; lead_id: string; version: number }>`
        select i.operator_id, o.load, i.lead_id, i.version from inquiry i join operator o on o.id = i.operator_id
        where i.id = ${inquiryId}`);
    const [before] = await assigned();
    expect(before!.lead_id).toBe(merged);
    await merge(kept, merged);
    expect(await assigned()).toEqual([{ ...before, lead_id: kept, version: before!.version + 1 }]);
    expect(await historyOf(encodeId('Inquiry', inquiryId))).toMatchObject([
      { kind: 'INQUIRY_LEAD_CHANGED', changes: [{ field: 'leadId', before: idOf(merged), after: idOf(kept) }] },
      { kind: 'INQUIRY_ASSIGNED' },
      { kind: 'INQUIRY_REGISTERED' },
    ]);
    const [event] = await database.rows(sql<{ data: object }>`
      select data from feed.event where kind = 'inquiry.lead-changed' and subject_id = ${inquiryId}`);
    expect(event!.data).toMatchObject({ leadId: kept, previousLeadId: merged, operatorId: before!.operator_id });
    // The last number would go to the second one.
    const { inquiryId: returned } = await database.transact(systemActor('test'), (work) =>
      registerInquiry(
        work,
        { source: `Sticky ${sources}`, phone: phones[0], idempotencyKey: `sticky ${sources}` },
        () => 2 ** 53 - 1,
      ),
    );
    const [choice] = await database.rows(sql<{ way: string; operator_id: string }>`
      select way, operator_id from assignment where inquiry_id = ${returned}`);
    expect(choice).toEqual({ way: 'STICKY', operator_id: before!.operator_id });
  });

  it('tells in the history of both what became of what they had', async () => {
    const [phone, second] = [newPhone(), newPhone()];
    const [kept, merged] = [await say({ phone }), await say({ phone: second, name: 'Анна' })];
    await merge(kept, merged);
    const [ofKept] = await historyOf(idOf(kept));
    expect(ofKept!.kind).toBe('LEAD_MERGED');
    expect(ofKept!.changes).toEqual([
      { field: 'aliases', before: '[]', after: JSON.stringify([second]) },
      { field: 'mergedFromId', before: null, after: idOf(merged) },
      { field: 'name', before: null, after: 'Анна' },
    ]);
    const [ofMerged] = await historyOf(idOf(merged));
    expect(ofMerged).toEqual({
      kind: 'LEAD_MERGED',
      changes: [
        { field: 'mergedIntoId', before: null, after: idOf(kept) },
        { field: 'phone', before: second, after: null },
      ],
    });
    expect([await versionOf(kept), await versionOf(merged)]).toEqual([2, 2]);
  });

  it('records who decided of a possible duplicate', async () => {
    const phone = newPhone();
    const email = `${phone.slice(1)}@example.com`;
    const [first, second] = [await say({ phone }), await say({ email })];
    await say({ phone, email });
    await merge(first, second, actors.supervisor.token);
    const pair = (await duplicatesIn(product.database)).find((one) => one.first === first)!;
    const id = encodeId('LeadDuplicate', pair.id);
    const { data } = await product.graphql(
      'query ($id: ID!) { node(id: $id) { ... on LeadDuplicate { state decidedAt decidedBy { id } } } }',
      { id },
      actors.admin.token,
    );
    expect(data.node).toEqual({
      state: 'MERGED',
      decidedAt: expect.any(String),
      decidedBy: { id: encodeId('User', actors.supervisor.actor.userId) },
    });
    expect((await historyOf(id)).map(({ kind }) => kind)).toEqual(['LEAD_DUPLICATE_MERGED', 'LEAD_DUPLICATE_FOUND']);
    expect((await run('dismissLeadDuplicate', { duplicateId: id }, 'duplicate { id }')).errors).toEqual([
      'STATE_NOT_ALLOWED input.duplicateId',
    ]);
  });

  it('refuses a lead with itself, one that is not there, and one that was merged', async () => {
    const [a, b, c] = [
      await say({ phone: newPhone() }),
      await say({ phone: newPhone() }),
      await say({ phone: newPhone() }),
    ];
    expect((await merge(a, a)).errors).toEqual(['BAD_USER_INPUT input.mergedId']);
    expect((await merge(a, '999999')).errors).toEqual(['NOT_FOUND input.mergedId']);
    expect((await merge('999999', a)).errors).toEqual(['NOT_FOUND input.keptId']);
    await merge(a, b);
    expect((await merge(c, b)).errors).toEqual(['STATE_NOT_ALLOWED input.mergedId']);
    expect((await merge(b, c)).errors).toEqual(['STATE_NOT_ALLOWED input.keptId']);
    expect((await change(b, { name: 'B' })).errors).toEqual(['STATE_NOT_ALLOWED input.leadId']);
  });
});

describe('what a lead is known by beside', () => {
  it('changes places with its own, and is forgotten', async () => {
    const [phone, second] = [newPhone(), newPhone()];
    const kept = await say({ phone });
    await merge(kept, await say({ phone: second }));
    const { payload } = await change(kept, { phone: second });
    expect(payload.lead).toMatchObject({ phone: second, aliases: { nodes: [{ value: phone }] } });
    expect([await say({ phone }), await say({ phone: second })]).toEqual([kept, kept]);
    const [alias] = await aliasesOf(kept);
    expect((await change(kept, { forgetIds: [alias!.id] })).payload.lead.aliases.nodes).toEqual([]);
    expect(await say({ phone })).not.toBe(kept);
    const [forgot] = await historyOf(idOf(kept));
    expect(forgot).toEqual({
      kind: 'LEAD_CHANGED',
      changes: [{ field: 'aliases', before: JSON.stringify([phone]), after: '[]' }],
    });
  });
});

describe('who may not', () => {
  it('change leads is denied; and who may, but does not see a lead, finds none', async () => {
    const [a, b] = [await say({ phone: newPhone() }), await say({ phone: newPhone() })];
    for (const { token } of [actors.operator, actors.partner, actors.customer]) {
      expect((await change(a, { name: 'A' }, token)).errors).toEqual(['FORBIDDEN']);
      expect((await merge(a, b, token)).errors).toEqual(['FORBIDDEN']);
      const duplicateId = encodeId('LeadDuplicate', '1');
      expect((await run('dismissLeadDuplicate', { duplicateId }, 'duplicate { id }', token)).errors).toEqual([
        'FORBIDDEN',
      ]);
    }
    const { actor } = actors.operator;
    const permissions = new Set([...actor.permissions, Permission.LEADS_CHANGE]);
    const refused = async (run: (work: Work) => Promise<unknown>) =>
      faults(await refusalOf(product.database.transact({ ...actor, permissions }, run)));
    expect(await refused((work) => changeLead(work, { leadId: idOf(a) }))).toEqual(['NOT_FOUND input.leadId']);
    expect(await refused((work) => mergeLeads(work, { keptId: idOf(a), mergedId: idOf(b) }))).toEqual([
      'NOT_FOUND input.keptId',
    ]);
    const [pair] = await duplicatesIn(product.database);
    const duplicateId = encodeId('LeadDuplicate', pair!.id);
    expect(await refused((work) => dismissLeadDuplicate(work, { duplicateId }))).toEqual([
      'NOT_FOUND input.duplicateId',
    ]);
  });
});
