import { readFile } from 'node:fs/promises';
import { isIP } from 'node:net';

const HOSTS =
  process.platform === 'win32' ? `${process.env.SystemRoot ?? ''}\\System32\\drivers\\etc\\hosts` : '/etc/hosts';

/** The names that the system's file of hosts gives addresses to; none where there is no such file. */
export async function readHosts(): Promise<ReadonlyMap<string, readonly string[]>> {
  return parseHosts(await readFile(HOSTS, 'utf8').catch(() => ''));
}

/** The names of a file of hosts, in lower case, with their addresses. */
export function parseHosts(text: string): ReadonlyMap<string, readonly string[]> {
  const hosts = new Map<string, string[]>();
  for (const line of text.split('\n')) {
    const [address = '', ...names] = line.replace(/#.*/, '').trim().split(/\s+/);
    if (isIP(address) === 0) continue;
    for (const name of names) {
      const key = name.toLowerCase();
      hosts.set(key, [...(hosts.get(key) ?? []), address]);
    }
  }
  return hosts;
}
