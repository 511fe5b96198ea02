import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const SERVICES = join(import.meta.dirname, '../../dist/services');

/** A process of its own that distributes, of the built product; resolves when it does. */
export async function runDistributor(databaseUrl: string): Promise<ChildProcess> {
  const from = (file: string) => JSON.stringify(pathToFileURL(join(SERVICES, file)).href);
  const script = `
    const { connectOrm } = await import(${from('shared/database/orm.js')});
    const { Database } = await import(${from('shared/database/database.js')});
    const { announceOn } = await import(${from('shared/events/announce.js')});
    const { Calendar } = await import(${from('shared/time/calendar.js')});
    const { systemClock } = await import(${from('shared/time/clock.js')});
    const { systemDraws } = await import(${from('distribution/draws.js')});
    const { startDistributor } = await import(${from('distribution/distributor.js')});
    const orm = await connectOrm(${JSON.stringify(databaseUrl)}, 4);
    const settings = { calendar: new Calendar('Europe/Moscow'), currency: 'RUB' };
    const database = await Database.over(orm, settings, systemClock);
    announceOn(database, console.error);
    await startDistributor(database, systemDraws, console.error);
    console.log('distributing');`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
    env: { PATH: process.env.PATH },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await once(child.stdout!, 'data');
  return child;
}

/** `kill -9`; resolves when it is gone. */
export async function killProcess(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill('SIGKILL');
  await once(child, 'close');
}
