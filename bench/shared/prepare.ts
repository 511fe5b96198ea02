import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { BENCH, PRODUCT } from './places.ts';

/** Says which lock file the dependencies were installed from; npm removes it with them. */
const INSTALLED = join(BENCH, 'node_modules/.installed-from');

/** Installs the bench's own dependencies where they are missing or not those of the lock file. */
export function installDependencies(): void {
  const wanted = createHash('sha256')
    .update(readFileSync(join(BENCH, 'package-lock.json')))
    .digest('hex');
  if (existsSync(INSTALLED) && readFileSync(INSTALLED, 'utf8') === wanted) return;
  run('npm', ['ci', '--no-audit', '--no-fund'], BENCH);
  writeFileSync(INSTALLED, wanted);
}

/** Builds the product that is measured. */
export function buildProduct(): void {
  run('npm', ['run', '--silent', 'build'], PRODUCT);
}

/**
 * Runs a program with the Node that runs this, whatever else is installed.
 *
 * @throws Error when it does not end well
 */
function run(program: string, args: readonly string[], directory: string): void {
  const path = [dirname(process.execPath), process.env.PATH ?? ''].join(delimiter);
  const { status } = spawnSync(program, [...args], {
    cwd: directory,
    env: { ...process.env, PATH: path },
    stdio: 'inherit',
  });
  if (status !== 0) throw new Error(`${program} ${args.join(' ')} in ${directory} failed.`);
}
