import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PRODUCT } from './places.ts';

/** The flags that `npm start` gives to node, and those of `BENCH_NODE_FLAGS` (to profile): all servers are measured with them. */
export function startFlags(): string[] {
  const { scripts } = JSON.parse(readFileSync(join(PRODUCT, 'package.json'), 'utf8')) as {
    scripts: { start: string };
  };
  const flags = /node (.*)dist\/main\.js/.exec(scripts.start)?.[1]?.trim() ?? '';
  return [flags, process.env.BENCH_NODE_FLAGS ?? '']
    .join(' ')
    .split(/\s+/)
    .filter((flag) => flag !== '');
}
