import type { DailyCallReportRow } from './daily-call-report.js';

/** A column of the report's files. */
export interface ReportColumn {
  /** In the language of those who read the files. */
  readonly label: (currency: string) => string;
  readonly kind: 'day' | 'text' | 'number';
  /** How a spreadsheet shows a number. */
  readonly format?: string;
  /** As text; null leaves the cell empty. */
  readonly value: (row: DailyCallReportRow) => string | null;
}

/** The columns of the daily report's files, in their order. */
export const DAILY_CALL_REPORT_COLUMNS: readonly ReportColumn[] = [
  { label: () => 'День', kind: 'day', value: (row) => row.day },
  { label: () => 'Отвечено звонков', kind: 'number', format: '0', value: (row) => String(row.answeredCalls) },
  {
    label: () => 'Средняя длительность, с',
    kind: 'number',
    format: '0.00',
    value: (row) => row.averageSeconds,
  },
  { label: () => 'Средняя длительность', kind: 'text', value: (row) => row.averageDuration },
  { label: () => 'Активных абонентов', kind: 'number', format: '0', value: (row) => String(row.activeSubscribers) },
  {
    label: (currency) => `Доход, ${currency}`,
    kind: 'number',
    format: '0.00####',
    value: (row) => row.income.amount,
  },
  { label: () => 'Звонков с операторами', kind: 'number', format: '0', value: (row) => String(row.operatorCalls) },
  {
    label: () => 'Доля звонков с операторами',
    kind: 'number',
    format: '0.00%',
    value: (row) => row.operatorShare,
  },
];
