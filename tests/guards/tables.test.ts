import type { MikroORM } from '@mikro-orm/postgresql';
import { getNamedType, isNonNullType, isObjectType } from 'graphql';
import { buildGraph } from '../../src/resolvers/graph.js';
import { READABLES } from '../../src/services/readables.js';
import { connectOrm } from '../../src/services/shared/database/orm.js';
import { createDatabase, type TestDatabase } from '../support/database.js';

/** What an entity cannot declare and a migration does: see src/migrations/0001-guards.sql.ts. */
const DECLARED_BY_MIGRATIONS_ONLY = [
  'sim_binding_one_contract',
  'sim_binding_one_sim',
  'contract_tariff_one_tariff',
  'number_holding_one_holder',
];

let database: TestDatabase;
let orm: MikroORM;

beforeAll(async () => {
  database = await createDatabase();
  orm = await connectOrm(database.url, 2);
});
afterAll(async () => {
  await orm.close();
  await database.drop();
});

const drift = async () => {
  const statements = (await orm.schema.getUpdateSchemaSQL({ wrap: false })).split('\n').filter(Boolean);
  return statements.filter(
    (statement) => !DECLARED_BY_MIGRATIONS_ONLY.some((name) => statement.includes(`drop constraint "${name}"`)),
  );
};

describe('the tables', () => {
  it('are after all migrations what the entities declare', async () => {
    expect(await drift()).toEqual([]);
  });

  it('are seen to differ when they do', async () => {
    await orm.em.getConnection().execute('alter table customer drop column email');
    expect(await drift()).toContainEqual(expect.stringContaining('add "email"'));
    await orm.em.getConnection().execute('alter table customer add column email text null');
    await orm.em.getConnection().execute('create index customer_email_index on customer (lower(email))');
  });
});

describe('the types of the graph', () => {
  const schema = buildGraph();

  it('promise no value that its column may lack', () => {
    const wrong: string[] = [];
    for (const { kind, entity } of READABLES.values()) {
      const type = schema.getType(kind);
      if (!isObjectType(type)) {
        wrong.push(`${kind} is no type of the graph`);
        continue;
      }
      for (const property of orm.getMetadata(entity).props) {
        const field = type.getFields()[property.name as string];
        if (field && isNonNullType(field.type) && property.nullable) wrong.push(`${kind}.${field.name}`);
      }
    }
    expect(wrong).toEqual([]);
  });

  it('show nothing that its entity hides, and no key of another table', () => {
    const wrong: string[] = [];
    for (const { kind, entity } of READABLES.values()) {
      const fields = (schema.getType(kind) as { getFields?(): Record<string, { type: never }> }).getFields?.() ?? {};
      for (const property of orm.getMetadata(entity).props) {
        const field = fields[property.name as string];
        if (field && property.hidden) wrong.push(`${kind}.${String(property.name)} is hidden`);
        if (field && property.kind !== 'scalar' && !isObjectType(getNamedType(field.type))) {
          wrong.push(`${kind}.${String(property.name)} is a bare key`);
        }
      }
    }
    expect(wrong).toEqual([]);
  });
});
