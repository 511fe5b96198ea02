import { sql } from 'kysely';
import { WebFormLanguage } from '../../src/entities/distribution/web-form-language.enum.js';
import { createWebForm } from '../../src/services/distribution/create-web-form.js';
import { openSourceIntake } from '../../src/services/distribution/open-source-intake.js';
import { removeWebForm } from '../../src/services/distribution/remove-web-form.js';
import { SecretBox } from '../../src/services/integrations/webhooks/secret-box.js';
import { systemActor } from '../../src/services/shared/access/actor.js';
import type { Database } from '../../src/services/shared/database/database.js';
import { encodeId } from '../../src/services/shared/ids/global-id.js';

const ACTOR = systemActor('test');
const ODD = ['Форма "Їжак" \\ <b>', "'; drop table web_form; --", 'a'];

/** Web forms of sources in every language, some removed, and a source that takes inquiries in over HTTP. */
export async function makeWebForms(database: Database): Promise<void> {
  const sources = await database.rows(sql<{ id: string }>`
    select id from source where removed_at is null order by id limit 3`);
  const secrets = new SecretBox('a secret of the tests', 'source intake secrets');
  for (const [n, { id }] of sources.entries()) {
    const sourceId = encodeId('Source', id);
    for (const [i, language] of Object.values(WebFormLanguage).entries()) {
      const origins = ['https://example.com', 'https://*.example.org'].slice(0, i);
      const words = { title: ODD[(n + i) % ODD.length]!, thanks: 'Дякуємо!\n"До зустрічі" \\' };
      const made = { sourceId, ...words, language, origins, idempotencyKey: `${n} ${i}` };
      const key = await database.transact(ACTOR, (work) => createWebForm(work, made));
      if (i !== n) continue;
      await database.transact(ACTOR, (work) => removeWebForm(work, { webFormId: encodeId('WebForm', key) }));
    }
    if (n > 0) continue;
    await database.transact(ACTOR, (work) => openSourceIntake(work, secrets, { sourceId, idempotencyKey: 'open' }));
  }
  await database.rows(sql`update web_form set created_at = '2026-09-01T00:00:00.0009Z' where id % 2 = 0`);
}
