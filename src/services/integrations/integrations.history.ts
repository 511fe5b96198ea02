import type { ImportKind } from '../../entities/integrations/import-kind.enum.js';
import type { ImportState } from '../../entities/integrations/import-state.enum.js';
import { creation, difference } from '../shared/events/change.js';
import type { NewChange } from '../shared/events/event.js';
import { encodeId } from '../shared/ids/global-id.js';
import type { RowCounts } from './intake.js';

/** What the history keeps of a file that somebody sent. */
export function fileStored(
  id: string,
  file: { readonly name: string; readonly sizeBytes: string; readonly sha256: string },
): NewChange {
  const { name, sizeBytes, sha256 } = file;
  return { kind: 'file.stored', subject: { kind: 'StoredFile', id }, change: creation({ name, sizeBytes, sha256 }) };
}

/** What the history keeps of an import that somebody asked for. */
export function importRequested(
  id: string,
  job: {
    readonly kind: ImportKind;
    readonly fileId: string;
    readonly validFrom: Date;
    readonly state: ImportState;
  },
): NewChange {
  const { kind, fileId, validFrom, state } = job;
  const change = creation({ kind, fileId: encodeId('StoredFile', fileId), validFrom, state });
  return { kind: 'import.requested', subject: { kind: 'ImportJob', id }, change };
}

/** What the history keeps of an import's end; of what it took in, each has its own history. */
export function importEnded(
  id: string,
  [before, after]: readonly [ImportState, ImportState],
  outcome: RowCounts & { readonly failure: string | null },
): NewChange {
  const { createdRows, updatedRows, unchangedRows, badRows, failure } = outcome;
  const change = difference(
    { state: before },
    { state: after, createdRows, updatedRows, unchangedRows, badRows, failure },
  );
  return { kind: 'import.ended', subject: { kind: 'ImportJob', id }, change };
}
