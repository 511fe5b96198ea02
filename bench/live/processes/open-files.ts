import { readFile } from 'node:fs/promises';

/** Files that a process has open beside its sockets. */
const OTHERS = 200;

/**
 * Looks whether a process may have that many sockets; Node has raised its limit to the most it may have by itself.
 *
 * @throws TypeError that says what to do
 */
export async function checkOpenFiles(sockets: number): Promise<void> {
  const limits = await readFile('/proc/self/limits', 'utf8').catch(() => undefined);
  const most = Number(/^Max open files\s+(\d+)/m.exec(limits ?? '')?.[1]);
  if (Number.isNaN(most) || most >= sockets + OTHERS) return;
  throw new TypeError(
    `${sockets} sockets need ${sockets + OTHERS} open files, and this system lets a process have ${most}: ` +
      `raise it by \`ulimit -n ${sockets + OTHERS}\` (as root, \`ulimit -Hn\` too), or ask for fewer sockets.`,
  );
}
