import { stringify } from 'csv-stringify/sync';
import { DAILY_CALL_REPORT_COLUMNS } from './daily-call-report.columns.js';
import type { DailyCallReportRow } from './daily-call-report.js';

/**
 * The daily report as CSV for spreadsheets: UTF-8 with a byte order mark, `;` between cells, a decimal point.
 *
 * A cell that a spreadsheet would take for a formula is made text.
 */
export function dailyCallReportCsv(rows: readonly DailyCallReportRow[], currency: string): string {
  const header = DAILY_CALL_REPORT_COLUMNS.map(({ label }) => label(currency));
  const lines = rows.map((row) => DAILY_CALL_REPORT_COLUMNS.map(({ value }) => value(row)));
  return stringify([header, ...lines], {
    bom: true,
    delimiter: ';',
    record_delimiter: 'windows',
    escape_formulas: true,
  });
}
