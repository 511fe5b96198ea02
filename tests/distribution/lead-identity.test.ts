import { changeLead } from '../../src/services/distribution/change-lead.js';
import { dismissLeadDuplicate } from '../../src/services/distribution/dismiss-lead-duplicate.js';
import { mergeLeads } from '../../src/services/distribution/merge-leads.js';
import { registerInquiry } from '../../src/services/distribution/register-inquiry.js';
import { systemActor } from '../../src/services/shared/access/actor.js';
import { encodeId } from '../../src/services/shared/ids/global-id.js';
import { Draw } from '../support/draw.js';
import { type Kind, LeadModel, type ModelLead, type Said } from '../support/lead-model.js';
import { duplicatesIn, leadsIn, makeSource, type Named, register } from '../support/leads.js';
import { faults, type OpenDatabase, openDatabase, refusalOf } from '../support/subscribers.js';

let opened: OpenDatabase;
beforeEach(async () => {
  opened = await openDatabase();
  for (const name of ['Web', 'Shop']) await makeSource(opened.database, name);
  for (const name of ['Bot', 'Chat']) await makeSource(opened.database, name, { ownExternalIds: true });
});
afterEach(() => opened.close());

const say = async (named: Named, source = 'Web') => (await register(opened.database, source, named)).leadId;
const PHONE = '+79001112233';
const EMAIL = 'anna@example.com';

describe('a repeat', () => {
  it('is one also where a field that was left out is null, or the other way round', async () => {
    const say = (input: object) =>
      opened.database.transact(systemActor('test'), (work) =>
        registerInquiry(work, { source: 'Web', externalId: 'a1', idempotencyKey: 'one', ...input }, () => 0),
      );
    const { inquiryId } = await say({ phone: null });
    expect(await say({ name: null, skills: null, priority: null })).toEqual({ inquiryId, repeated: true });
    expect(faults(await refusalOf(say({ name: 'Anna' })))).toEqual(['IDEMPOTENCY_MISMATCH input.idempotencyKey']);
  });
});

describe('an inquiry finds its lead', () => {
  it.each<[string, Named]>([
    ['external id', { externalId: 'a1' }],
    ['phone', { phone: PHONE }],
    ['e-mail', { email: EMAIL }],
  ])('by %s, through another source too', async (_, named) => {
    const first = await say(named);
    expect(await say(named, 'Shop')).toBe(first);
    expect(await leadsIn(opened.database)).toHaveLength(1);
  });

  it('makes another one where nothing it names is known', async () => {
    const first = await say({ externalId: 'a1', phone: PHONE, email: EMAIL });
    expect(await say({ externalId: 'a2', phone: '+79001112234', email: 'b@example.com' })).not.toBe(first);
  });

  it('by external id before phone, by phone before e-mail', async () => {
    const byExternalId = await say({ externalId: 'a1' });
    const byPhone = await say({ phone: PHONE });
    const byEmail = await say({ email: EMAIL });
    expect(await say({ externalId: 'a1', phone: PHONE, email: EMAIL })).toBe(byExternalId);
    expect(await say({ externalId: 'new', phone: PHONE, email: EMAIL })).toBe(byPhone);
    expect(await say({ phone: '+79009999999', email: EMAIL })).toBe(byEmail);
  });

  it('and fills in what the lead lacks, where no other has it, and changes nothing that it has', async () => {
    const first = await say({ externalId: 'a1' });
    await say({ externalId: 'a1', phone: PHONE, name: 'Анна' });
    await say({ phone: PHONE, email: EMAIL, externalId: 'a2', name: 'Other' });
    await say({ externalId: 'a1', phone: '+79007777777', email: 'other@example.com' });
    expect(await leadsIn(opened.database)).toMatchObject([
      { id: first, name: 'Анна', externalId: 'a1', phone: PHONE, email: EMAIL, aliases: [], sourceIds: [] },
    ]);
    expect(await duplicatesIn(opened.database)).toEqual([]);
    // What was not filled in finds nobody.
    expect(await say({ externalId: 'a2' })).not.toBe(first);
    expect(await say({ phone: '+79007777777' })).not.toBe(first);
  });
});

describe('what an inquiry names is normalised', () => {
  it('a phone in any usual form is one', async () => {
    const forms = ['8(900) 111-22-33', '+7 900 111-22-33', '89001112233', '79001112233', ' +7 (900) 111 22 33 '];
    const leads = new Set(await Promise.all(forms.map((phone) => say({ phone }))));
    expect(leads.size).toBe(1);
    expect(await leadsIn(opened.database)).toMatchObject([{ phone: PHONE }]);
  });

  it('an e-mail whatever its case and the spaces around it', async () => {
    const first = await say({ email: ' Anna@Example.COM ' });
    expect(await say({ email: EMAIL })).toBe(first);
    expect(await leadsIn(opened.database)).toMatchObject([{ email: EMAIL }]);
  });

  it('an external id without the spaces around it, but in its case', async () => {
    const first = await say({ externalId: ' Tg1 ' });
    expect(await say({ externalId: 'Tg1' })).toBe(first);
    expect(await say({ externalId: 'tg1' })).not.toBe(first);
  });

  it('and nothing in it is the same as left out', async () => {
    const first = await say({ externalId: '', phone: PHONE, email: '  ', name: ' ' });
    const second = await say({ externalId: ' ', phone: '', email: EMAIL });
    expect(second).not.toBe(first);
    expect(await leadsIn(opened.database)).toMatchObject([
      { externalId: null, phone: PHONE, email: null, name: null },
      { externalId: null, phone: null, email: EMAIL },
    ]);
  });

  it('and refused where it is none, or where nothing is named', async () => {
    const refused = async (named: Named) => faults(await refusalOf(say(named)));
    expect(await refused({ phone: '12', email: EMAIL })).toEqual(['BAD_USER_INPUT input.phone']);
    expect(await refused({ phone: PHONE, email: 'anna' })).toEqual(['BAD_USER_INPUT input.email']);
    expect(await refused({ externalId: 'a\u0000' })).toEqual(['BAD_USER_INPUT input.externalId']);
    expect(await refused({ name: 'Anna', phone: '' })).toEqual(['BAD_USER_INPUT input.externalId']);
    expect(await leadsIn(opened.database)).toEqual([]);
  });
});

describe('a source with external ids of its own', () => {
  it('calls other people by the same ids as other sources', async () => {
    const shared = await say({ externalId: 'a1' });
    const own = await say({ externalId: 'a1' }, 'Bot');
    const other = await say({ externalId: 'a1' }, 'Chat');
    expect(new Set([shared, own, other]).size).toBe(3);
    expect(await say({ externalId: 'a1' }, 'Bot')).toBe(own);
    expect(await say({ externalId: 'a1' }, 'Shop')).toBe(shared);
    expect(await leadsIn(opened.database)).toMatchObject([
      { id: shared, externalId: 'a1', sourceIds: [] },
      { id: own, externalId: null, sourceIds: ['Bot a1'] },
      { id: other, externalId: null, sourceIds: ['Chat a1'] },
    ]);
  });

  it('adds its id to a lead that is known by something else, beside those of other sources', async () => {
    const first = await say({ externalId: 'shared', phone: PHONE });
    await say({ externalId: 'b1', phone: PHONE }, 'Bot');
    await say({ externalId: 'c1', phone: PHONE, email: EMAIL }, 'Chat');
    expect(await say({ externalId: 'b1' }, 'Bot')).toBe(first);
    expect(await say({ externalId: 'c1' }, 'Chat')).toBe(first);
    // One source, one id: another one is filled in nowhere.
    await say({ externalId: 'b2', phone: PHONE }, 'Bot');
    expect(await leadsIn(opened.database)).toMatchObject([
      { externalId: 'shared', phone: PHONE, email: EMAIL, sourceIds: ['Bot b1', 'Chat c1'] },
    ]);
    expect(await say({ externalId: 'b2' }, 'Bot')).not.toBe(first);
  });

  it('contradicts as the shared one does', async () => {
    const byPhone = await say({ phone: PHONE });
    const byId = await say({ externalId: 'b1' }, 'Bot');
    expect(await say({ externalId: 'b1', phone: PHONE }, 'Bot')).toBe(byId);
    expect(await duplicatesIn(opened.database)).toMatchObject([{ first: byPhone, second: byId, identifier: 'PHONE' }]);
  });
});

describe('leads and possible duplicates', () => {
  const KINDS = ['EXTERNAL_ID', 'PHONE', 'EMAIL'] as const;
  const values: Readonly<Record<Kind, (n: number) => string>> = {
    EXTERNAL_ID: (n) => `id${n}`,
    PHONE: (n) => `+7900000000${n}`,
    EMAIL: (n) => `p${n}@example.com`,
  };
  const inputOf = ({ name, EXTERNAL_ID, PHONE: phone, EMAIL: email }: Said): Named => ({
    ...(name === undefined ? {} : { name }),
    ...(EXTERNAL_ID === undefined ? {} : { externalId: EXTERNAL_ID }),
    ...(phone === undefined ? {} : { phone }),
    ...(email === undefined ? {} : { email }),
  });
  const FIELD = { EXTERNAL_ID: 'externalId', PHONE: 'phone', EMAIL: 'email' } as const;

  /** Does one thing at random to the product and to the model. */
  async function step(draw: Draw, model: LeadModel): Promise<void> {
    const living = model.leads.filter(({ mergedInto }) => mergedInto === null);
    const leadId = (id: string) => encodeId('Lead', id);
    const what = draw.fraction();
    if (living.length >= 2 && what < 0.06) {
      const [kept, merged] = draw.some(living, 2) as unknown as [ModelLead, ModelLead];
      await opened.work((work) => mergeLeads(work, { keptId: leadId(kept.id), mergedId: leadId(merged.id) }));
      model.merge(kept.id, merged.id);
    } else if (living.length > 0 && what < 0.14) {
      const lead = draw.one(living);
      const kind = draw.one(KINDS);
      const value = values[kind](draw.whole(0, 9));
      const change = opened.work((work) => changeLead(work, { leadId: leadId(lead.id), [FIELD[kind]]: value }));
      if (model.change(lead.id, kind, value)) await change;
      else expect(faults(await refusalOf(change))).toEqual([`CONFLICT input.${FIELD[kind]}`]);
    } else if (what < 0.2) {
      const pair = (await duplicatesIn(opened.database)).find(({ state }) => state === 'OPEN');
      if (!pair) return;
      await opened.work((work) => dismissLeadDuplicate(work, { duplicateId: encodeId('LeadDuplicate', pair.id) }));
      model.dismiss(model.pairs.find(({ first, second }) => first === pair.first && second === pair.second)!);
    } else {
      const source = draw.one([
        { name: 'Web', own: false },
        { name: 'Shop', own: false },
        { name: 'Bot', own: true },
      ]);
      const said: Record<string, string> = draw.chance(0.3) ? { name: `N${draw.whole(0, 9)}` } : {};
      for (const kind of draw.some(KINDS, draw.whole(1, 3))) said[kind] = values[kind](draw.whole(0, 9));
      const { inquiryId, leadId: found } = await register(opened.database, source.name, inputOf(said));
      expect(found).toBe(model.register(source, said, inquiryId, found));
    }
  }

  it.each([1, 2, 3, 4])('are after all that can be done to them what the rules say (seed %i)', async (seed) => {
    const draw = new Draw(5, seed);
    const model = new LeadModel();
    for (let n = 0; n < 150; n += 1) {
      await step(draw, model);
      if (n % 15 < 14) continue;
      const sorted = (texts: readonly string[]) => [...texts].sort();
      const numbered = (texts: readonly string[]) => [...texts].sort((one, other) => Number(one) - Number(other));
      expect(
        (await leadsIn(opened.database)).map((lead) => ({
          ...lead,
          aliases: sorted(lead.aliases),
          sourceIds: sorted(lead.sourceIds),
        })),
      ).toEqual(
        model.leads.map(({ EXTERNAL_ID, PHONE: phone, EMAIL: email, ...lead }) => ({
          ...lead,
          externalId: EXTERNAL_ID,
          phone,
          email,
          aliases: sorted(lead.aliases),
          sourceIds: sorted(lead.sourceIds),
          inquiries: numbered(lead.inquiries),
        })),
      );
      const inOrder = (pairs: readonly object[]) =>
        pairs.map((pair) => JSON.stringify(Object.entries(pair).sort())).sort();
      const found = (await duplicatesIn(opened.database)).map(({ id: _, ...pair }) => pair);
      expect(inOrder(found)).toEqual(inOrder(model.pairs));
    }
    for (const state of ['OPEN', 'DISMISSED', 'MERGED']) expect(model.pairs.map((pair) => pair.state)).toContain(state);
    expect(model.leads.some(({ aliases }) => aliases.length > 0)).toBe(true);
  });
});
