import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';

const SOURCE = join(import.meta.dirname, '../../src');

/** Which layers a layer may import, itself included. */
const ALLOWED: Record<string, readonly string[]> = {
  entities: ['entities'],
  migrations: ['migrations'],
  services: ['services', 'entities', 'migrations'],
  schema: ['schema', 'services', 'entities'],
  resolvers: ['resolvers', 'schema', 'services', 'entities', 'context.ts'],
  'context.ts': ['services'],
  graphiql: ['graphiql'],
  http: ['http', 'resolvers', 'services', 'entities', 'context.ts', 'graphiql'],
  'config.ts': [],
  'server.ts': ['http', 'graphiql', 'resolvers', 'services', 'config.ts', 'context.ts'],
  'main.ts': ['server.ts', 'services', 'config.ts'],
  'load.ts': ['services', 'config.ts'],
};

interface Import {
  readonly from: string;
  readonly to: string;
  readonly typeOnly: boolean;
}

const files = readdirSync(SOURCE, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));

function importsOf(file: string): { from: string; specifier: string; typeOnly: boolean }[] {
  const text = readFileSync(join(SOURCE, file), 'utf8');
  return [...text.matchAll(/^(?:import|export)\s+(type\s+)?(?:[^'";]*?\sfrom\s+)?'([^']+)';?/gm)].map((match) => ({
    from: file,
    specifier: match[2]!,
    typeOnly: match[1] !== undefined,
  }));
}

const imports = files.flatMap(importsOf);
const inner: Import[] = imports
  .filter(({ specifier }) => specifier.startsWith('.'))
  .map(({ from, specifier, typeOnly }) => ({
    from,
    to: relative(SOURCE, join(SOURCE, dirname(from), specifier)).replace(/\.js$/, '.ts'),
    typeOnly,
  }));
const layerOf = (file: string) => file.split('/')[0]!;

/** The first circle of files that import each other, or undefined. */
function findCircle(edges: readonly Import[]): string[] | undefined {
  const targets = Map.groupBy(edges, (edge) => edge.from);
  const done = new Set<string>();
  const path: string[] = [];
  const visit = (file: string): string[] | undefined => {
    if (done.has(file)) return undefined;
    if (path.includes(file)) return [...path.slice(path.indexOf(file)), file];
    path.push(file);
    for (const { to } of targets.get(file) ?? []) {
      const circle = visit(to);
      if (circle) return circle;
    }
    path.pop();
    done.add(file);
    return undefined;
  };
  for (const file of targets.keys()) {
    const circle = visit(file);
    if (circle) return circle;
  }
  return undefined;
}

describe('imports', () => {
  it('are found', () => {
    expect(inner.length).toBeGreaterThan(300);
    expect(inner).toContainEqual({
      from: 'resolvers/customers/customer.resolver.ts',
      to: 'services/customers/customer.queries.ts',
      typeOnly: false,
    });
  });

  it('run one way through the layers', () => {
    const wrong = inner.filter(({ from, to }) => !ALLOWED[layerOf(from)]?.includes(layerOf(to)));
    expect(wrong).toEqual([]);
  });

  it('keep type-graphql and graphql out of entities and services', () => {
    const wrong = imports.filter(
      ({ from, specifier }) => /^(entities|services)\//.test(from) && /^(type-graphql|graphql)/.test(specifier),
    );
    expect(wrong).toEqual([]);
  });

  it('let the schema know no more of services than their types and constants', () => {
    const wrong = inner.filter(
      ({ from, to, typeOnly }) =>
        layerOf(from) === 'schema' && layerOf(to) === 'services' && !typeOnly && !to.startsWith('services/shared/'),
    );
    expect(wrong).toEqual([]);
  });

  it('go in no circle', () => {
    expect(findCircle(inner)).toBeUndefined();
  });

  it('are seen to go in a circle when they do', () => {
    const edge = (from: string, to: string): Import => ({ from, to, typeOnly: false });
    expect(findCircle([edge('a', 'b'), edge('b', 'c'), edge('c', 'a')])).toEqual(['a', 'b', 'c', 'a']);
  });
});
