import { spawn } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const DEBIAN = '/usr/lib/postgresql';
/** Persons whom the floor's inquiries are of: nearly each is new. */
const PERSONS = 9_999_999;

/** The pgbench to use: `PGBENCH`, that of PATH, or Debian's newest. */
export function findPgbench(): string {
  if (process.env.PGBENCH) return process.env.PGBENCH;
  const versions = existsSync(DEBIAN) ? readdirSync(DEBIAN).sort((a, b) => Number(b) - Number(a)) : [];
  const found = versions.map((version) => join(DEBIAN, version, 'bin/pgbench')).find(existsSync);
  return found ?? 'pgbench';
}

/**
 * Calls the floor's function over some connections at once, for some seconds.
 *
 * @returns calls a second
 */
export async function timePgbench(
  url: string,
  source: string,
  { clients, seconds }: { readonly clients: number; readonly seconds: number },
): Promise<number> {
  const directory = await mkdtemp(join(tmpdir(), 'switchboard-pgbench-'));
  const script = join(directory, 'register.sql');
  await writeFile(script, `\\set person random(1, ${PERSONS})\nselect bench_register(${source}, :person);\n`);
  try {
    const out = await run(findPgbench(), [
      '-n',
      '-M',
      'prepared',
      '-c',
      String(clients),
      '-j',
      '2',
      '-T',
      String(seconds),
      '-f',
      script,
      url,
    ]);
    const perSecond = Number(/tps = ([\d.]+)/.exec(out)?.[1]);
    if (!(perSecond > 0)) throw new Error(`pgbench told no figure:\n${out}`);
    return perSecond;
  } finally {
    await rm(directory, { recursive: true });
  }
}

async function run(program: string, args: readonly string[]): Promise<string> {
  const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  let out = '';
  child.stdout.on('data', (text) => {
    out += text;
  });
  child.stderr.on('data', (text) => {
    out += text;
  });
  return new Promise((resolve, reject) => {
    child.once('error', (error) => reject(new Error(`pgbench cannot be run (${error.message}): install postgresql.`)));
    child.once('close', (code) =>
      code === 0 ? resolve(out) : reject(new Error(`pgbench ended with ${code}:\n${out}`)),
    );
  });
}
