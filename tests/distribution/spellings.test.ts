import { Readable } from 'node:stream';
import { sql } from 'kysely';
import { WebFormLanguage } from '../../src/entities/distribution/web-form-language.enum.js';
import { changeLead } from '../../src/services/distribution/change-lead.js';
import { createSource } from '../../src/services/distribution/create-source.js';
import { readFormEntry } from '../../src/services/distribution/read-form-entry.js';
import { readSources } from '../../src/services/distribution/read-sources.js';
import { registerOperator } from '../../src/services/identity/register-operator.js';
import { intakeOf } from '../../src/services/integrations/intake-of.js';
import { loadRows } from '../../src/services/integrations/load-rows.js';
import { systemActor } from '../../src/services/shared/access/actor.js';
import { encodeId } from '../../src/services/shared/ids/global-id.js';
import { SAMPLE_FROM } from '../support/fill-database.js';
import { leadsIn, makeSource, type Named, register } from '../support/leads.js';
import { signInUser } from '../support/sign-ins.js';
import { faults, refusalOf } from '../support/subscribers.js';
import { DistributionSetting } from './setting.js';

/** As macOS writes names of files, and what is pasted from them. */
const apart = (text: string) => text.normalize('NFD');

const ACTOR = systemActor('test');

let setting: DistributionSetting;
let serial = 0;
beforeAll(async () => {
  setting = await DistributionSetting.start();
  await makeSource(setting.database, 'Сайт');
});
afterAll(() => setting?.stop());
beforeEach(() => {
  serial += 1;
});

const say = async (named: Named, source = 'Сайт') => (await register(setting.database, source, named)).leadId;

async function found(list: 'leads' | 'sources' | 'operators' | 'users', filter: object): Promise<string[]> {
  const { token } = await signInUser(setting.database, { role: 'admin' });
  const type = { leads: 'Lead', sources: 'Source', operators: 'Operator', users: 'User' }[list];
  const query = `query ($filter: ${type}Filter) { ${list}(first: 10, filter: $filter) { edges { node { id } } } }`;
  const { data } = await setting.product.graphql(query, { filter }, token);
  return data[list].edges.map(({ node }: { node: { id: string } }) => node.id);
}

describe('a lead is one', () => {
  it('whichever way the letters of its external id are composed', async () => {
    const lead = await say({ externalId: `Café ${serial}`.normalize('NFC') });
    expect(await say({ externalId: apart(`Café ${serial}`) })).toBe(lead);
    expect(await found('leads', { externalId: apart(`Café ${serial}`) })).toEqual([encodeId('Lead', lead)]);
  });

  it('whatever does not show stands at the ends of its external id', async () => {
    const lead = await say({ externalId: `a ${serial}` });
    expect(await say({ externalId: `\u202aa ${serial}\u202c\u200b` })).toBe(lead);
    expect(await found('leads', { externalId: `\u202aa ${serial}\u202c` })).toEqual([encodeId('Lead', lead)]);
  });

  it('however the domain of its e-mail is written', async () => {
    const lead = await say({ email: `Anna${serial}@пример.рф` });
    expect(await say({ email: `anna${serial}@xn--e1afmkfd.xn--p1ai` })).toBe(lead);
    expect(await say({ email: apart(`anna${serial}@Пример.РФ`) })).toBe(lead);
    expect(await found('leads', { email: `anna${serial}@пример.рф` })).toEqual([encodeId('Lead', lead)]);
  });

  it('whichever way its e-mail is composed', async () => {
    const lead = await say({ email: `йод${serial}@пример.рф` });
    expect(await say({ email: apart(`ЙОД${serial}@пример.рф`) })).toBe(lead);
  });

  it('and is found by its name as it is typed on any machine', async () => {
    const lead = await say({ externalId: `named ${serial}`, name: apart(`Андрей ${serial}`) });
    for (const name of [`андрей ${serial}`, apart(`андрей ${serial}`)]) {
      expect(await found('leads', { name })).toEqual([encodeId('Lead', lead)]);
    }
  });
});

describe('what nobody sees', () => {
  it('is nothing that a lead is known by', async () => {
    const before = await leadsIn(setting.database);
    const nameless = say({ externalId: '\u200b', phone: '\u2060', email: '\ufeff' });
    expect(faults(await refusalOf(nameless))).toEqual(['BAD_USER_INPUT input.externalId']);
    expect(await leadsIn(setting.database)).toEqual(before);
  });

  it('is left out beside what is seen', async () => {
    const lead = await say({ externalId: '\u200b', email: `seen${serial}@example.com`, name: '\u3164' });
    const row = (await leadsIn(setting.database)).find(({ id }) => id === lead);
    expect(row).toMatchObject({ externalId: null, name: null });
  });

  it('is no contact in a web form', () => {
    const typed = { name: '\u2060', phone: '\u200b', email: '\u200b', message: '\u3164' };
    expect(readFormEntry(typed, WebFormLanguage.RU)).toEqual({
      entry: { name: null, phone: null, email: null, message: '' },
      faults: { phone: 'NO_CONTACT' },
    });
  });

  it('takes from a lead what it was called', async () => {
    const lead = await say({ externalId: `called ${serial}`, name: 'Anna' });
    await setting.as(undefined, (work) => changeLead(work, { leadId: encodeId('Lead', lead), name: '\u200b' }));
    expect((await leadsIn(setting.database)).find(({ id }) => id === lead)?.name).toBeNull();
  });

  it.each(['\u200b', '\u202e', 'in\u202evoice'])('names no source: %j', async (name) => {
    const made = setting.as(undefined, (work) => createSource(work, { name }));
    expect(faults(await refusalOf(made))).toEqual(['BAD_USER_INPUT input.name']);
  });
});

describe('a source', () => {
  it('is named whichever way its name is composed', async () => {
    const source = encodeId('Source', await makeSource(setting.database, apart(`Йод ${serial}`)));
    const lead = await say({ externalId: `source ${serial}` }, `йод ${serial}`);
    expect(await say({ externalId: `source ${serial}` }, apart(`ЙОД ${serial}`))).toBe(lead);
    for (const name of [`йод ${serial}`, apart(`йод ${serial}`)]) {
      expect(await found('sources', { name })).toEqual([source]);
    }
    const again = makeSource(setting.database, `Йод ${serial}`.normalize('NFC'));
    expect(faults(await refusalOf(again))).toEqual(['CONFLICT input.name']);
  });

  it('does not stand twice in a file in two spellings', async () => {
    const file = JSON.stringify(['Йод', apart('йод'), '\u200bйод'].map((name) => ({ name, weights: [] })));
    expect(faults(await refusalOf((async () => readSources(file))()))).toEqual(['BAD_USER_INPUT 1.name']);
  });

  it('is found by a file of inquiries in another spelling', async () => {
    await makeSource(setting.database, `Ёлка ${serial}`);
    const inquiry = (key: string, externalId: string, source: string) =>
      JSON.stringify({ idempotencyKey: `file ${serial} ${key}`, externalId, source });
    const lines = [
      inquiry('one', `Й ${serial}`, apart(`Ёлка ${serial}`)),
      inquiry('two', apart(`Й ${serial}`), `\u200bёлка ${serial}`),
    ].join('\n');
    const { database } = setting;
    const { createdRows, badRows } = await loadRows(
      database,
      ACTOR,
      {
        intake: intakeOf('inquiries', database.settings, SAMPLE_FROM),
        open: () => Readable.from([Buffer.from(lines)]) as AsyncIterable<Buffer>,
      },
      () => undefined,
    );
    expect({ createdRows, badRows }).toEqual({ createdRows: 2, badRows: 0 });
    const leads = (await leadsIn(database)).filter(({ externalId }) => externalId === `Й ${serial}`.normalize('NFC'));
    expect(leads.map(({ inquiries }) => inquiries.length)).toEqual([2]);
  });
});

describe('a skill', () => {
  it('is the same whichever way it is composed', async () => {
    const skill = `английский ${serial}`;
    const able = await setting.operator({ skills: [skill.normalize('NFC')] });
    const other = await setting.operator();
    const source = await setting.source([able, other]);
    const inquiry = await setting.register(source, { skills: [apart(skill).toUpperCase()] });
    expect((await setting.inquiry(inquiry)).operator_id).toBe(able.id);
    expect(await found('operators', { skill: apart(skill) })).toEqual([able.globalId]);
  });

  it('is kept composed of an operator who is registered with it', async () => {
    const { operatorId } = await setting.as(undefined, (work) =>
      registerOperator(work, {
        alias: 'Ёлка',
        fullName: 'Ёлкина Анна',
        email: `ёлка${serial}@пример.рф`,
        phone: `+7900555${String(serial).padStart(4, '0')}`,
        maxLoad: 1,
        skills: [apart('Ёлки'), 'ёлки'],
      }),
    );
    const [row] = await setting.database.rows(sql<{ skills: string[]; user_id: string }>`
      select skills, user_id from operator where id = ${operatorId}`);
    expect(row?.skills).toEqual(['ёлки']);
    expect(await found('users', { email: `Ёлка${serial}@ПРИМЕР.рф` })).toEqual([encodeId('User', row!.user_id)]);
  });
});
