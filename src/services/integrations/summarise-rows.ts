import type { RowCounts } from './intake.js';

const rows = (count: number) => (count === 1 ? '1 row' : `${count} rows`);

/** One sentence on what the rows of a file came to, for a person. */
export function summariseRows({ createdRows, updatedRows, unchangedRows, badRows }: RowCounts): string {
  const total = createdRows + updatedRows + unchangedRows + badRows;
  if (total === 0) return 'The file has no rows.';
  const bad = badRows > 0 ? ` ${rows(badRows)} could not be taken in.` : '';
  if (createdRows + updatedRows === 0) {
    if (unchangedRows === 0) return `Nothing changed:${bad}`;
    const were = unchangedRows === 1 ? 'was' : 'were';
    return `Nothing changed: ${badRows > 0 ? '' : 'all '}${rows(unchangedRows)} ${were} there already.${bad}`;
  }
  const parts = [
    `${createdRows} created`,
    ...(updatedRows > 0 ? [`${updatedRows} updated`] : []),
    ...(unchangedRows > 0 ? [`${unchangedRows} there already`] : []),
  ];
  return `${rows(total)}: ${parts.join(', ')}.${bad}`;
}
