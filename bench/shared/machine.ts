import { spawnSync } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { availableParallelism, cpus, release, totalmem } from 'node:os';
import { join } from 'node:path';
import { BENCH, PRODUCT } from './places.ts';

/** What figures depend on. */
export interface Machine {
  readonly processor: string;
  readonly processors: number;
  readonly memoryGb: number;
  readonly system: string;
  readonly node: string;
}

/** The machine that this runs on. */
export function machine(): Machine {
  return {
    processor: cpus()[0]?.model ?? 'unknown',
    processors: availableParallelism(),
    memoryGb: Math.round(totalmem() / 2 ** 30),
    system: `${process.platform} ${release()} ${process.arch}`,
    node: process.version,
  };
}

/** The commit of the product that is measured, and whether its sources have been changed since; nothing without git. */
export function productState(): { readonly commit?: string; readonly changed?: boolean } {
  const git = (...args: string[]) => spawnSync('git', args, { cwd: PRODUCT, encoding: 'utf8' });
  const head = git('rev-parse', 'HEAD');
  if (head.status !== 0) return {};
  return { commit: head.stdout.trim(), changed: git('status', '--porcelain', '--', 'src').stdout !== '' };
}

const OF_PRODUCT = [
  '@apollo/server',
  'type-graphql',
  '@mikro-orm/core',
  'fastify',
  'graphql',
  'graphql-ws',
  'ws',
  'pg',
];
const OF_BENCH = ['postgraphile', 'grafast', 'grafserv', 'graphql', 'pg', 'autocannon', 'graphql-ws', 'ws'];

/** The versions of what is measured, as they are installed. */
export async function versions(): Promise<Record<string, string>> {
  const found: Record<string, string> = {};
  const look = async (root: string, label: string, names: readonly string[]) => {
    for (const name of names) {
      const text = await readFile(join(root, 'node_modules', name, 'package.json'), 'utf8').catch(() => undefined);
      if (text !== undefined) found[`${label} ${name}`] = (JSON.parse(text) as { version: string }).version;
    }
  };
  await look(PRODUCT, 'product', OF_PRODUCT);
  await look(BENCH, 'bench', OF_BENCH);
  return found;
}
