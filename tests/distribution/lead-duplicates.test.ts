import { sql } from 'kysely';
import { dismissLeadDuplicate } from '../../src/services/distribution/dismiss-lead-duplicate.js';
import { mergeLeads } from '../../src/services/distribution/merge-leads.js';
import { registerInquiry } from '../../src/services/distribution/register-inquiry.js';
import { encodeId } from '../../src/services/shared/ids/global-id.js';
import { duplicatesIn, leadsIn, makeSource, type Named, register } from '../support/leads.js';
import { until } from '../support/load-process.js';
import { type Product, startProduct } from '../support/product.js';
import { createActors } from '../support/sign-ins.js';
import { faults, type OpenDatabase, openDatabase, refusalOf } from '../support/subscribers.js';

let opened: OpenDatabase;
beforeEach(async () => {
  opened = await openDatabase();
  for (const name of ['Web', 'Shop']) await makeSource(opened.database, name);
  await makeSource(opened.database, 'Bot', { ownExternalIds: true });
});
afterEach(() => opened.close());

const PHONE = '+79001112233';
const EMAIL = 'anna@example.com';

const say = async (named: Named, source = 'Web') => (await register(opened.database, source, named)).leadId;
const pairs = async () =>
  (await duplicatesIn(opened.database)).map(({ first, second, identifier, state }) => {
    return `${first} ${second} ${identifier} ${state}`;
  });
const dismiss = (id: string) =>
  opened.work((work) => dismissLeadDuplicate(work, { duplicateId: encodeId('LeadDuplicate', id) }));

describe('an inquiry that names several leads', () => {
  it('goes to the strongest and keeps each other as a possible duplicate of it, with what it named', async () => {
    const [a, b, c] = [await say({ externalId: 'a' }), await say({ phone: PHONE }), await say({ email: EMAIL })];
    const { inquiryId, leadId } = await register(opened.database, 'Shop', {
      externalId: 'a',
      phone: PHONE,
      email: EMAIL,
    });
    expect(leadId).toBe(a);
    expect(await duplicatesIn(opened.database)).toMatchObject([
      { first: a, second: b, identifier: 'PHONE', state: 'OPEN', inquiry: inquiryId },
      { first: a, second: c, identifier: 'EMAIL', state: 'OPEN', inquiry: inquiryId },
    ]);
    // Nothing was merged or moved silently.
    expect(await leadsIn(opened.database)).toMatchObject([
      { externalId: 'a', phone: null, email: null },
      { externalId: null, phone: PHONE, email: null },
      { externalId: null, phone: null, email: EMAIL },
    ]);
  });

  it('does so where the phone decides and the e-mail contradicts, the older of the two being the first', async () => {
    const byEmail = await say({ email: EMAIL });
    const byPhone = await say({ phone: PHONE });
    expect(await say({ externalId: 'new', phone: PHONE, email: EMAIL })).toBe(byPhone);
    expect(await pairs()).toEqual([`${byEmail} ${byPhone} EMAIL OPEN`]);
    // What nobody else had is filled in all the same.
    expect(await leadsIn(opened.database)).toMatchObject([{ externalId: null }, { externalId: 'new', email: null }]);
  });

  it('keeps a lead that it names twice once, by what is stronger', async () => {
    const a = await say({ externalId: 'a' });
    const b = await say({ phone: PHONE, email: EMAIL });
    await say({ externalId: 'a', phone: PHONE, email: EMAIL });
    expect(await pairs()).toEqual([`${a} ${b} PHONE OPEN`]);
  });

  it('finds the same two once, whichever of them it went to, and opens nothing again that was dismissed', async () => {
    const a = await say({ externalId: 'a', email: EMAIL });
    const b = await say({ externalId: 'b', phone: PHONE });
    await say({ externalId: 'a', phone: PHONE });
    await say({ externalId: 'a', phone: PHONE });
    await say({ externalId: 'b', email: EMAIL });
    expect(await pairs()).toEqual([`${a} ${b} PHONE OPEN`]);
    await dismiss((await duplicatesIn(opened.database))[0]!.id);
    await say({ externalId: 'b', email: EMAIL });
    expect(await pairs()).toEqual([`${a} ${b} PHONE DISMISSED`]);
    expect(faults(await refusalOf(dismiss((await duplicatesIn(opened.database))[0]!.id)))).toEqual([
      'STATE_NOT_ALLOWED input.duplicateId',
    ]);
  });
});

describe('a merge', () => {
  const merge = (kept: string, merged: string) =>
    opened.work((work) => mergeLeads(work, { keptId: encodeId('Lead', kept), mergedId: encodeId('Lead', merged) }));

  it('decides the pair, and puts the one that stays in the place of the other in the others', async () => {
    const [a, b, c] = [await say({ externalId: 'a' }), await say({ phone: PHONE }), await say({ email: EMAIL })];
    await say({ externalId: 'a', phone: PHONE });
    await say({ phone: PHONE, email: EMAIL });
    expect(await pairs()).toEqual([`${a} ${b} PHONE OPEN`, `${b} ${c} EMAIL OPEN`]);
    await merge(a, b);
    expect(await pairs()).toEqual([`${a} ${b} PHONE MERGED`, `${a} ${c} EMAIL OPEN`]);
    await merge(c, a);
    expect(await pairs()).toEqual([`${a} ${b} PHONE MERGED`, `${a} ${c} EMAIL MERGED`]);
    // All that was merged is merged into the one that has the inquiries.
    expect((await leadsIn(opened.database)).map(({ mergedInto }) => mergedInto)).toEqual([c, c, null]);
  });

  it('takes back an open pair where the one that stays has one with the same lead, and leaves a dismissed one', async () => {
    const [a, b, c, d] = [
      await say({ externalId: 'a' }),
      await say({ externalId: 'b' }),
      await say({ phone: PHONE }),
      await say({ email: EMAIL }),
    ];
    for (const externalId of ['a', 'b']) await say({ externalId, phone: PHONE, email: EMAIL });
    const ofBAndD = (await duplicatesIn(opened.database)).find(({ first, second }) => first === b && second === d)!;
    await dismiss(ofBAndD.id);
    await merge(a, b);
    expect(await pairs()).toEqual([
      `${a} ${c} PHONE OPEN`,
      `${a} ${d} EMAIL OPEN`,
      `${b} ${c} PHONE REPLACED`,
      `${b} ${d} EMAIL DISMISSED`,
    ]);
  });

  it('keeps a dismissal: what is not the one that went is not the one that stays', async () => {
    const [a, b, c] = [await say({ externalId: 'a' }), await say({ phone: PHONE }), await say({ email: EMAIL })];
    await say({ phone: PHONE, email: EMAIL });
    await dismiss((await duplicatesIn(opened.database))[0]!.id);
    await merge(a, b);
    await say({ externalId: 'a', email: EMAIL });
    expect(await pairs()).toEqual([`${a} ${c} EMAIL DISMISSED`]);
  });
});

/** Something to wait for. */
function gate() {
  let open = () => {};
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { opened, open: () => open() };
}

/** Whether a transaction waits for what another is known by. */
async function somebodyWaits(): Promise<boolean> {
  const [row] = await opened.database.rows(sql<{ waits: boolean }>`
    select exists (select from pg_locks k join pg_database d on d.oid = k.database
      where d.datname = current_database() and k.locktype = 'advisory' and not k.granted) as waits`);
  return row!.waits;
}

describe('side by side', () => {
  let attempts: number;
  beforeEach(() => {
    attempts = 0;
  });
  let keys = 0;
  /** Registers one inquiry; a transaction that is run again, since it failed with another, is counted again. */
  const saySideBySide = (named: Named, source = 'Web') => {
    keys += 1;
    const input = { source, idempotencyKey: `parallel ${keys}`, ...named };
    return opened.work((work) => {
      attempts += 1;
      return registerInquiry(work, input, () => 0);
    });
  };

  it('two hundred inquiries of one new person make one lead, whatever else of them each names', async () => {
    const named = (n: number): Named => ({
      phone: PHONE,
      ...(n % 2 === 0 ? { email: EMAIL } : {}),
      ...(n % 3 === 0 ? { externalId: 'anna' } : {}),
      ...(n % 5 === 0 ? { name: 'Анна' } : {}),
    });
    const sources = ['Web', 'Shop', 'Bot'];
    await Promise.all(Array.from({ length: 200 }, (_, n) => saySideBySide(named(n), sources[(n % 7) % 3]!)));
    const leads = await leadsIn(opened.database);
    expect(leads).toMatchObject([
      { name: 'Анна', externalId: 'anna', phone: PHONE, email: EMAIL, sourceIds: ['Bot anna'], mergedInto: null },
    ]);
    expect(leads[0]!.inquiries).toHaveLength(200);
    expect(await pairs()).toEqual([]);
    expect(attempts).toBe(200);
  });

  it('one phone is filled in for one of many, and each other is a possible duplicate of that one', async () => {
    const LEADS = 40;
    for (let n = 0; n < LEADS; n += 1) await say({ externalId: `a${n}` });
    await Promise.all(Array.from({ length: LEADS }, (_, n) => saySideBySide({ externalId: `a${n}`, phone: PHONE })));
    const holders = (await leadsIn(opened.database)).filter(({ phone }) => phone === PHONE);
    expect(holders).toHaveLength(1);
    const found = await duplicatesIn(opened.database);
    expect(found).toHaveLength(LEADS - 1);
    for (const { first, second } of found) expect([first, second]).toContain(holders[0]!.id);
    expect(attempts).toBe(LEADS);
  });

  it('nobody waits for each other who names the same leads crosswise and fills both in', async () => {
    const PAIRS = 60;
    for (let n = 0; n < PAIRS; n += 1) {
      const phones = [`+7900111${1000 + n}`, `+7900222${1000 + n}`] as const;
      await say({ externalId: `a${n}`, phone: phones[0] });
      await say({ externalId: `b${n}`, phone: phones[1] });
    }
    const crosswise = Array.from({ length: PAIRS }, (_, n) => [
      { externalId: `a${n}`, phone: `+7900222${1000 + n}`, email: `a${n}@example.com` },
      { externalId: `b${n}`, phone: `+7900111${1000 + n}`, email: `b${n}@example.com` },
    ]).flat();
    await Promise.all(crosswise.map((named, n) => saySideBySide(named, n % 3 === 0 ? 'Shop' : 'Web')));
    expect(attempts).toBe(2 * PAIRS);
    expect(await duplicatesIn(opened.database)).toHaveLength(PAIRS);
    expect((await leadsIn(opened.database)).every(({ email }) => email !== null)).toBe(true);
  });

  it('a merge loses no inquiry that comes meanwhile by what either is known by', async () => {
    const ROUNDS = 8;
    for (let n = 0; n < ROUNDS; n += 1) {
      const [phone, email] = [`+7900333${1000 + n}`, `m${n}@example.com`];
      const [kept, merged] = [await say({ phone }), await say({ email, externalId: `m${n}` })];
      const ids = { keptId: encodeId('Lead', kept), mergedId: encodeId('Lead', merged) };
      const inquiries = [{ phone }, { email }, { externalId: `m${n}` }, { phone, email }, { email, externalId: 'x' }];
      await Promise.all([
        ...inquiries.map((named) => saySideBySide(named)),
        opened.work((work) => mergeLeads(work, ids)),
        ...inquiries.map((named) => saySideBySide(named, 'Shop')),
      ]);
    }
    const [lost] = await opened.database.rows(sql<{ lost: number }>`
      select count(*)::integer as lost from inquiry i join lead l on l.id = i.lead_id where l.merged_into_id is not null`);
    expect(lost).toEqual({ lost: 0 });
    const [strange] = await opened.database.rows(sql<{ count: number }>`
      select count(*)::integer from lead_duplicate d join lead l on l.id in (d.first_id, d.second_id)
      where d.state = 'OPEN' and l.merged_into_id is not null`);
    expect(strange).toEqual({ count: 0 });
  });

  it('a merge also holds what a lead came to be known by while the merge waited for it', async () => {
    const [kept, merged] = [await say({ externalId: 'a' }), await say({ externalId: 'b' })];
    const [filled, mayCommit, done, mayEnd] = [gate(), gate(), gate(), gate()];
    const filling = opened.work(async (work) => {
      await registerInquiry(work, { source: 'Web', idempotencyKey: 'fills', externalId: 'b', phone: PHONE }, () => 0);
      filled.open();
      await mayCommit.opened;
    });
    await filled.opened;
    const merging = opened.work(async (work) => {
      await mergeLeads(work, { keptId: encodeId('Lead', kept), mergedId: encodeId('Lead', merged) });
      done.open();
      await mayEnd.opened;
    });
    await until(somebodyWaits, 'the merge waits');
    mayCommit.open();
    await Promise.all([filling, done.opened]);
    const late = saySideBySide({ phone: PHONE });
    await Promise.race([late, until(somebodyWaits, 'the inquiry waits')]);
    mayEnd.open();
    await Promise.all([merging, late]);
    expect((await leadsIn(opened.database)).map(({ inquiries }) => inquiries.length)).toEqual([4, 0]);
  });

  it('of two merges in both directions one is done', async () => {
    for (let n = 0; n < 5; n += 1) {
      const [a, b] = [await say({ externalId: `a${n}` }), await say({ externalId: `b${n}` })];
      const merge = (kept: string, merged: string) =>
        opened.work((work) => mergeLeads(work, { keptId: encodeId('Lead', kept), mergedId: encodeId('Lead', merged) }));
      const outcomes = await Promise.allSettled([merge(a, b), merge(b, a), merge(a, b)]);
      expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
      const refused = outcomes.flatMap((one) => (one.status === 'rejected' ? [one.reason.errors[0].code] : []));
      expect(refused).toEqual(['STATE_NOT_ALLOWED', 'STATE_NOT_ALLOWED']);
    }
  });
});

describe('over HTTP', () => {
  let product: Product;
  beforeEach(async () => {
    product = await startProduct({ env: { READ_PLANS: 'on' } });
  });
  afterEach(() => product.stop());

  it('two hundred requests at once of one new person, through two sources, make one lead', async () => {
    const { admin } = await createActors(product.database);
    for (const name of ['Web', 'Shop']) await makeSource(product.database, name);
    const document = `mutation ($input: RegisterInquiryInput!) {
      registerInquiry(input: $input) { inquiry { lead { id } } errors { code message } }
    }`;
    const answers = await Promise.all(
      Array.from({ length: 200 }, (_, n) => {
        const named = [
          { phone: '8(900) 111-22-33' },
          { phone: PHONE, email: EMAIL },
          { phone: PHONE, externalId: 'a' },
        ];
        const input = { source: n % 2 === 0 ? 'web' : 'SHOP', ...named[n % 3], idempotencyKey: `${n}` };
        return product.graphql<{ registerInquiry: { inquiry: { lead: { id: string } }; errors: readonly object[] } }>(
          document,
          { input },
          admin.token,
        );
      }),
    );
    const leads = new Set(answers.map(({ data }) => data?.registerInquiry.inquiry.lead.id));
    expect(answers.flatMap(({ data, errors }): readonly object[] => errors ?? data!.registerInquiry.errors)).toEqual(
      [],
    );
    expect(leads.size).toBe(1);
    expect(await leadsIn(product.database)).toMatchObject([{ phone: PHONE, email: EMAIL, externalId: 'a' }]);
  });
});
