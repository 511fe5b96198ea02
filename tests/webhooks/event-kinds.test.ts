import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isObjectType } from 'graphql';
import { Permission } from '../../src/entities/identity/permission.enum.js';
import { buildGraph } from '../../src/resolvers/graph.js';
import { EVENT_KINDS, PUBLIC_EVENT_KINDS } from '../../src/services/event-kinds.js';
import { GAP_KIND, mayReceive, rightsOfOwner } from '../../src/services/integrations/webhooks/owner-rights.js';
import { READABLES } from '../../src/services/readables.js';

const SERVICES = join(import.meta.dirname, '../../src/services');
const MIGRATIONS = join(import.meta.dirname, '../../src/migrations');
/** What happened to something: `contract.sim-swapped`. */
const KIND = /'([a-z]+(?:-[a-z]+)*\.[a-z]+(?:-[a-z]+)*)'/g;

const read = (directory: string, ending: string) =>
  readdirSync(directory, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith(ending))
    .map((file) => readFileSync(join(directory, file), 'utf8'));

/** The kinds that stand in the code where events are made. */
function kindsInCode(): string[] {
  const texts = [
    ...read(SERVICES, '.events.ts'),
    ...read(MIGRATIONS, '.sql.ts').filter((text) => /feed\.event/.test(text)),
  ];
  return [...new Set(texts.flatMap((text) => [...text.matchAll(KIND)].map((match) => match[1]!)))];
}

/** Of these, what goes into the history alone: no listener hears of it. */
const HISTORY_ONLY =
  /^(sim|partner-key|file|history|webhook-endpoint|lead-duplicate)\.|^customer\.(password-changed|signed-in|signed-out|session-revoked)$|^import\.(requested|ended)$/;
/** What else is written so: permissions, tables, and the message that is sent about a gap without an event. */
const OTHER = (text: string) =>
  Object.values<string>(Permission).includes(text) || text.startsWith('feed.') || text === GAP_KIND;

describe('the kinds of events', () => {
  it('are all declared, or kept inside by name', () => {
    const recorded = kindsInCode().filter((kind) => !HISTORY_ONLY.test(kind) && !OTHER(kind));
    expect(recorded.length).toBeGreaterThan(8);
    expect(recorded.filter((kind) => !Object.hasOwn(EVENT_KINDS, kind))).toEqual([]);
    expect(Object.keys(EVENT_KINDS).filter((kind) => !recorded.includes(kind))).toEqual([]);
  });

  it('are about types of the graph, and their ids are of such', () => {
    const schema = buildGraph();
    const types = [...PUBLIC_EVENT_KINDS.values()].flatMap(({ subject, data }) => [
      subject,
      ...Object.values(data).flatMap(({ idOf }) => (idOf ? [idOf] : [])),
    ]);
    expect(types.filter((type) => !isObjectType(schema.getType(type)) || !READABLES.has(type))).toEqual([]);
  });

  it('name as an id whatever is called one', () => {
    const unnamed = [...PUBLIC_EVENT_KINDS].flatMap(([kind, { data }]) =>
      Object.entries(data).flatMap(([name, { idOf }]) => (/Ids?$/.test(name) && !idOf ? [`${kind} ${name}`] : [])),
    );
    expect(unnamed).toEqual([]);
  });

  it.each([
    [['webhooks', 'calls:read'], ['call.recorded']],
    [
      ['webhooks', 'customers:read', 'payments:read'],
      ['customer.changed', 'customer.registered', 'payment.recorded'],
    ],
    [['webhooks'], []],
    [['calls:read', 'customers:read'], []],
  ])('that a key with %j may be sent are %j', (scopes, expected) => {
    const rights = rightsOfOwner({ partnerKeyId: '1', scopes, revoked: false });
    expect([...PUBLIC_EVENT_KINDS.keys()].filter((kind) => mayReceive(rights, kind)).sort()).toEqual(expected);
    const revoked = rightsOfOwner({ partnerKeyId: '1', scopes, revoked: true });
    expect([...PUBLIC_EVENT_KINDS.keys(), 'webhook.gap'].filter((kind) => mayReceive(revoked, kind))).toEqual([]);
  });

  it('that are kept inside are sent to nobody', () => {
    const inner = Object.entries(EVENT_KINDS).flatMap(([name, kind]) => (kind === 'internal' ? [name] : []));
    expect(inner).toContain('import.progressed');
    expect(inner.filter((kind) => mayReceive(rightsOfOwner(null), kind))).toEqual([]);
  });
});
