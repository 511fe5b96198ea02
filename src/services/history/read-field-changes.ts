import type { ChangeRecord } from '../../entities/history/change-record.entity.js';
import type { Reader } from '../shared/read/reader.js';
import type { Row } from '../shared/read/row.js';
import { shownFields } from './history.policy.js';

/** A field of an object before and after a change, as text; null where there was or is nothing. */
export interface FieldChange {
  readonly field: string;
  readonly before: string | null;
  readonly after: string | null;
}

/** The most fields of one change that are shown. */
const MOST_FIELDS = 100;

/** What a change did to the fields of its object, as far as the actor sees these. */
export async function readFieldChanges(change: Row<ChangeRecord>, reader: Reader): Promise<FieldChange[]> {
  const before = change.before ?? {};
  const after = change.after ?? {};
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort().slice(0, MOST_FIELDS);
  const shown = await shownFields(change, names, reader);
  return shown.map((field) => ({ field, before: textOf(before[field]), after: textOf(after[field]) }));
}

function textOf(value: unknown): string | null {
  if (value === null || value === undefined) return null;
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
