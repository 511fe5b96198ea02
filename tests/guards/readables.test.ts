import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { MikroORM } from '@mikro-orm/postgresql';
import {
  type GraphQLInputObjectType,
  type GraphQLInterfaceType,
  getNamedType,
  getNullableType,
  isEnumType,
  isInterfaceType,
  isObjectType,
} from 'graphql';
import { buildGraph } from '../../src/resolvers/graph.js';
import { declarationOf } from '../../src/resolvers/shared/declares.js';
import { SUBJECTS } from '../../src/services/history/history.subjects.js';
import { READABLES } from '../../src/services/readables.js';
import { connectOrm } from '../../src/services/shared/database/orm.js';
import { encodeId } from '../../src/services/shared/ids/global-id.js';
import type { Readable } from '../../src/services/shared/read/readable.js';
import { createDatabase, type TestDatabase } from '../support/database.js';

const SERVICES = join(import.meta.dirname, '../../src/services');

const schema = buildGraph();
const objects = Object.values(schema.getTypeMap()).filter(isObjectType);
const node = schema.getType('Node') as GraphQLInterfaceType;
const nodes = schema.getPossibleTypes(node).map(({ name }) => name);

type AnyReadable = Readable<{ id: string }>;
const isReadable = (value: unknown): value is AnyReadable =>
  typeof value === 'object' && value !== null && 'defaultOrder' in value && 'visible' in value;

/** Of all that is declared in services: also of what is no object of the graph, but read for one. */
async function declared(): Promise<AnyReadable[]> {
  const files = readdirSync(SERVICES, { recursive: true, encoding: 'utf8' }).filter((file) =>
    file.endsWith('.queries.ts'),
  );
  const modules = await Promise.all(
    files.map((file) => import(join(SERVICES, file)) as Promise<Readonly<Record<string, unknown>>>),
  );
  return modules.flatMap((module) => Object.values(module).filter(isReadable));
}

describe('what can be fetched by its id', () => {
  it('is every object that the graph says is a node, and nothing else', () => {
    expect([...READABLES.keys()].sort()).toEqual([...nodes].sort());
  });

  it('is all that is declared of an object of the graph', async () => {
    const kinds = (await declared()).map(({ kind }) => kind);
    expect(kinds.filter((kind) => nodes.includes(kind)).sort()).toEqual([...READABLES.keys()].sort());
    expect(new Set(kinds).size).toBe(kinds.length);
  });
});

describe('what has a history', () => {
  it('is read as elsewhere by its kind, and shows the history in the graph', () => {
    const wrong = Object.entries(SUBJECTS).filter(([kind, { readable }]) => READABLES.get(kind) !== readable);
    expect(wrong.map(([kind]) => kind)).toEqual([]);
    const shown = objects.filter((type) => type.name !== 'Query' && type.getFields().history);
    expect(shown.map(({ name }) => name).sort()).toEqual(Object.keys(SUBJECTS).sort());
  });
});

describe('an order', () => {
  let database: TestDatabase;
  let orm: MikroORM;

  beforeAll(async () => {
    database = await createDatabase();
    orm = await connectOrm(database.url, 1);
  });
  afterAll(async () => {
    await orm?.close();
    await database?.drop();
  });

  it('is of columns that are never null, and of none that is hidden', async () => {
    const wrong: string[] = [];
    for (const { kind, entity, orders } of await declared()) {
      const { properties } = orm.getMetadata(entity);
      for (const [order, names] of Object.entries(orders)) {
        for (const name of names) {
          const property = properties[name as keyof typeof properties];
          const isColumn = property?.fieldNames?.length === 1 && !property.hidden && !property.nullable;
          if (!isColumn) wrong.push(`${kind}.${order}: ${name}`);
        }
      }
    }
    expect(wrong).toEqual([]);
  });

  it('that a list has where none is asked for is one of its orders', async () => {
    const all = await declared();
    expect(all.length).toBeGreaterThan(READABLES.size);
    const wrong = all.filter(({ orders, defaultOrder }) => !Object.hasOwn(orders, defaultOrder.field));
    expect(wrong.map(({ kind }) => kind)).toEqual([]);
  });

  it.each([...READABLES.values()].map(({ kind, orders }) => [kind, orders] as const))(
    'of %s can be asked for by the name that it is declared by',
    (kind, orders) => {
      const type = schema.getType(`${kind}OrderField`);
      if (!type)
        return expect(listsOf(kind).filter(({ args }) => args.some(({ name }) => name === 'orderBy'))).toEqual([]);
      const names = isEnumType(type) ? type.getValues().map(({ value }) => value as string) : [];
      expect(names.sort()).toEqual(Object.keys(orders).sort());
    },
  );
});

/** The fields of the graph that are lists of a kind. */
function listsOf(kind: string) {
  return objects
    .flatMap((type) => Object.values(type.getFields()))
    .filter(({ type }) => getNamedType(type).name === `${kind}Connection`);
}

describe('a filter', () => {
  const filterOf = (kind: string) => schema.getType(`${kind}Filter`) as GraphQLInputObjectType | undefined;

  it.each([...READABLES.values()].map(({ kind, filters }) => [kind, filters] as const))(
    'of %s has in the graph the fields that are declared',
    (kind, filters) => {
      expect(Object.keys(filterOf(kind)?.getFields() ?? {}).sort()).toEqual(Object.keys(filters).sort());
    },
  );

  const choices = [...READABLES.values()].flatMap(({ kind, filters }) =>
    Object.entries(filters).flatMap(([name, { isChoice }]) => (isChoice ? [[kind, name] as const] : [])),
  );

  it('has fields whose values stand in the statement itself', () => {
    expect(choices.length).toBeGreaterThan(5);
  });

  // A plan is kept for the choices that it was made with; of any other value it does not know that it has changed.
  it.each(choices)('of %s: %s, whose value stands in the statement, is one enum value or Boolean', (kind, name) => {
    const type = getNullableType(filterOf(kind)!.getFields()[name]!.type);
    expect(isEnumType(type) || String(type) === 'Boolean').toBe(true);
  });

  it('that asks for what can be hidden is one of its filters', () => {
    const wrong = [...READABLES.values()].flatMap(({ kind, filters, hideable }) =>
      (hideable?.names ?? []).filter((name) => !Object.hasOwn(filters, name)).map((name) => `${kind}.${name}`),
    );
    expect(wrong).toEqual([]);
  });
});

describe('a field that is declared', () => {
  /** Arguments that each declaration can read; only an id tells more than the field’s name. */
  const argumentsFor = (kind: string) => ({ id: encodeId(kind, '1') });

  const reads = objects.flatMap((type) =>
    Object.values(type.getFields()).flatMap((field) => {
      const declaration = declarationOf(field);
      if (!declaration) return [];
      const named = getNamedType(field.type);
      const kinds = isInterfaceType(named) ? schema.getPossibleTypes(named).map(({ name }) => name) : [named.name];
      return kinds.map((kind) => {
        const expected = kind.replace(/Connection$/, '');
        return { field: `${type.name}.${field.name}`, type: expected, kind: declaration(argumentsFor(expected)).kind };
      });
    }),
  );

  it('reads rows of the kind that the graph says it is', () => {
    expect(reads.filter(({ type, kind }) => kind !== undefined && kind !== type)).toEqual([]);
  });

  it('says so wherever the graph shows an object that has an id', () => {
    const ofNodes = reads.filter(({ type }) => nodes.includes(type));
    expect(ofNodes.length).toBeGreaterThan(40);
    expect(ofNodes.filter(({ kind }) => kind === undefined)).toEqual([]);
  });
});
