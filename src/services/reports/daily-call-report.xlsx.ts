import writeExcelFile, { type Cell } from 'write-excel-file/node';
import { DAILY_CALL_REPORT_COLUMNS, type ReportColumn } from './daily-call-report.columns.js';
import type { DailyCallReportRow } from './daily-call-report.js';

const COLUMN_WIDTH = 24;

/** The daily report as a spreadsheet of one sheet; text is text there, whatever it begins with. */
export async function dailyCallReportXlsx(rows: readonly DailyCallReportRow[], currency: string): Promise<Buffer> {
  const header = DAILY_CALL_REPORT_COLUMNS.map(
    ({ label }): Cell => ({ value: label(currency), type: String, fontWeight: 'bold' }),
  );
  const lines = rows.map((row) => DAILY_CALL_REPORT_COLUMNS.map((column) => cellOf(column, column.value(row))));
  return writeExcelFile([header, ...lines], {
    sheet: 'Звонки по дням',
    columns: DAILY_CALL_REPORT_COLUMNS.map(() => ({ width: COLUMN_WIDTH })),
    stickyRowsCount: 1,
  }).toBuffer();
}

function cellOf({ kind, format }: ReportColumn, value: string | null): Cell {
  if (value === null) return null;
  if (kind === 'text') return { value, type: String };
  if (kind === 'day') return { value: new Date(`${value}T00:00:00Z`), type: Date, format: 'yyyy-mm-dd' };
  return { value: Number(value), type: Number, ...(format ? { format } : {}) };
}
