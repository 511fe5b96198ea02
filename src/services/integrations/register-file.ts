import { User } from '../../entities/identity/user.entity.js';
import { StoredFile } from '../../entities/integrations/stored-file.entity.js';
import type { Work } from '../shared/database/work.js';
import { fileStored } from './integrations.history.js';
import type { StoredBytes } from './store-file.js';

const LONGEST_NAME = 255;
const STANDARD_NAME = 'upload';

/** What a file is called: the last part of a path, without what no name has; never used as a path by us. */
export function fileNameOf(sent: string | undefined): string {
  const last = (sent ?? '').split(/[/\\]/).at(-1) ?? '';
  const name = last.replace(/\p{Cc}/gu, '').trim();
  return [...(name || STANDARD_NAME)].slice(0, LONGEST_NAME).join('');
}

/**
 * Makes a stored file known, so that an import can name it.
 *
 * @returns its key
 */
export async function registerFile(work: Work, file: StoredBytes & { readonly name: string }): Promise<string> {
  const uploadedBy = work.actor.kind === 'user' ? work.em.getReference(User, work.actor.userId) : null;
  const stored = work.em.create(StoredFile, {
    name: fileNameOf(file.name),
    path: file.path,
    sizeBytes: String(file.sizeBytes),
    sha256: file.sha256,
    uploadedBy,
    createdAt: work.now,
  });
  await work.em.flush();
  await work.record([fileStored(stored.id, stored)]);
  return stored.id;
}
