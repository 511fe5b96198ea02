import { sql } from 'kysely';
import type { WebFormLanguage } from '../../entities/distribution/web-form-language.enum.js';
import type { SqlExecutor } from '../shared/database/sql-executor.js';

/** A web form as it is shown to whoever fills it in. */
export interface ShownWebForm {
  readonly id: string;
  readonly sourceId: string;
  readonly title: string;
  readonly thanks: string;
  readonly language: WebFormLanguage;
  readonly origins: readonly string[];
}

/** Finds a web form by what its address ends with; undefined for one that is unknown or was removed, or its source was. */
export async function findWebForm(db: SqlExecutor, slug: string): Promise<ShownWebForm | undefined> {
  // PostgreSQL has no null character, and no slug of ours has anything but these.
  if (!/^[\w-]{1,100}$/.test(slug)) return undefined;
  const [form] = await db.rows(sql<ShownWebForm>`
    select f.id, f.source_id as "sourceId", f.title, f.thanks, f.language, f.origins
    from web_form f join source s on s.id = f.source_id
    where f.slug = ${slug} and f.removed_at is null and s.removed_at is null`);
  return form;
}
