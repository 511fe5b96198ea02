import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { TEST_JWT_SECRET } from '../support/sign-ins.js';

const SERVICES = join(import.meta.dirname, '../../dist/services');

/** A process of its own that sends webhooks, of the built product; resolves when it does. */
export async function runDispatcher(databaseUrl: string): Promise<ChildProcess> {
  const from = (file: string) => JSON.stringify(pathToFileURL(join(SERVICES, file)).href);
  const script = `
    const { connectOrm } = await import(${from('shared/database/orm.js')});
    const { Database } = await import(${from('shared/database/database.js')});
    const { Calendar } = await import(${from('shared/time/calendar.js')});
    const { systemClock } = await import(${from('shared/time/clock.js')});
    const { Webhooks } = await import(${from('integrations/webhooks/webhooks.js')});
    const { startWebhookDispatcher } = await import(${from('integrations/webhooks/dispatcher.js')});
    const orm = await connectOrm(${JSON.stringify(databaseUrl)}, 4);
    const settings = { calendar: new Calendar('Europe/Moscow'), currency: 'RUB' };
    const database = await Database.over(orm, settings, systemClock);
    const jwtSecret = ${JSON.stringify(TEST_JWT_SECRET)};
    const webhooks = new Webhooks({ jwtSecret, allowPrivate: true, timeoutSeconds: 1 });
    await startWebhookDispatcher(database, webhooks, console.error);
    console.log('dispatching');`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
    env: { PATH: process.env.PATH },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await once(child.stdout!, 'data');
  return child;
}
