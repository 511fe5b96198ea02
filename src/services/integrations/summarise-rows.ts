import type { RowCounts } from './intake.js';

const rows = (count: number) => (count === 1 ? '1 row' : `${count} rows`);

function unchanged(count: number, all: boolean): string {
  if (count === 1) return `${all ? 'the row' : '1 row'} was there already`;
  return `${all ? 'all ' : ''}${count} rows were there already`;
}

/** One sentence on what the rows of a file came to, for a person; another where some could not be taken in. */
export function summariseRows({ createdRows, updatedRows, unchangedRows, badRows }: RowCounts): string {
  const total = createdRows + updatedRows + unchangedRows + badRows;
  if (total === 0) return 'The file has no rows.';
  const bad = badRows > 0 ? `${rows(badRows)} could not be taken in.` : '';
  if (createdRows + updatedRows === 0) {
    const good = unchangedRows > 0 ? `${unchanged(unchangedRows, badRows === 0)}.` : '';
    return `Nothing changed: ${[good, bad].filter(Boolean).join(' ')}`;
  }
  const parts = [
    ...(createdRows > 0 ? [`${createdRows} created`] : []),
    ...(updatedRows > 0 ? [`${updatedRows} updated`] : []),
    ...(unchangedRows > 0 ? [`${unchangedRows} there already`] : []),
  ];
  return [`${rows(total)}: ${parts.join(', ')}.`, bad].filter(Boolean).join(' ');
}
