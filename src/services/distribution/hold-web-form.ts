import { type RawBuilder, sql } from 'kysely';
import type { WebFormLanguage } from '../../entities/distribution/web-form-language.enum.js';
import type { Work } from '../shared/database/work.js';
import { ErrorCode } from '../shared/errors/error-code.js';
import { refuse } from '../shared/errors/refusal.js';
import { keyOf } from '../shared/ids/global-id.js';
import type { WebFormFields } from './web-form.events.js';

/** A web form as use cases see it, locked for their transaction. */
export interface HeldWebForm extends WebFormFields {
  readonly id: string;
  readonly sourceId: string;
  readonly removed: boolean;
}

interface FormRow {
  id: string;
  source_id: string;
  title: string;
  thanks: string;
  language: WebFormLanguage;
  origins: string[];
  removed: boolean;
}

/** How a web form is held: so that nobody else changes it meanwhile; or so that it takes nothing in meanwhile either. */
export type WebFormLock = 'change' | 'intake';

const LOCKS: Readonly<Record<WebFormLock, RawBuilder<unknown>>> = {
  change: sql`for no key update`,
  // Taking an entry in holds the form's row for key share.
  intake: sql`for update`,
};

/**
 * Locks a web form that is to be changed.
 *
 * @param path of the input's field, for the error
 * @throws Refusal with BAD_USER_INPUT for what is no id of a web form, NOT_FOUND
 */
export async function holdWebForm(
  work: Work,
  globalId: string,
  path: readonly string[],
  lock: WebFormLock = 'change',
): Promise<HeldWebForm> {
  const id = keyOf('WebForm', globalId, path);
  const [row] = await work.rows(sql<FormRow>`
    select id, source_id, title, thanks, language, origins, removed_at is not null as removed
    from web_form where id = ${id} ${LOCKS[lock]}`);
  if (!row) throw refuse(ErrorCode.NOT_FOUND, 'There is no such web form.', path);
  const { source_id: sourceId, ...form } = row;
  return { ...form, sourceId };
}
