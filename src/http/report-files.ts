import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Context } from '../context.js';
import { dailyCallReportCsv } from '../services/reports/daily-call-report.csv.js';
import { type DailyCallReportRow, readDailyCallReport } from '../services/reports/daily-call-report.js';
import { dailyCallReportXlsx } from '../services/reports/daily-call-report.xlsx.js';
import { DAILY_CALL_REPORT_RULE } from '../services/reports/report.policy.js';
import { denialOf } from '../services/shared/access/operation-rule.js';
import { ErrorCode } from '../services/shared/errors/error-code.js';
import { Refusal, type UserError } from '../services/shared/errors/refusal.js';

const STATUS: Partial<Record<ErrorCode, number>> = { UNAUTHENTICATED: 401, FORBIDDEN: 403, BAD_USER_INPUT: 400 };
const UNEXPECTED = 500;

interface Format {
  readonly type: string;
  write(rows: readonly DailyCallReportRow[], currency: string): string | Promise<Buffer>;
}

const FORMATS: Readonly<Record<string, Format>> = {
  csv: { type: 'text/csv; charset=utf-8', write: dailyCallReportCsv },
  xlsx: { type: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', write: dailyCallReportXlsx },
};

/**
 * Serves the daily report of calls as files: `GET /reports/daily-calls.csv?from=2026-09-01&to=2026-09-30`, and `.xlsx`.
 *
 * The rights and the rows are those of `Query.dailyCallReport`. A refusal answers
 * `{ errors: [{ message, extensions: { code, path } }] }` with 400, 401 or 403.
 */
export function registerReportFiles(
  app: FastifyInstance,
  dependencies: { contextOf(request: FastifyRequest): Promise<Context> },
): void {
  for (const [extension, format] of Object.entries(FORMATS)) {
    app.get(`/reports/daily-calls.${extension}`, async (request, reply) => {
      try {
        const context = await dependencies.contextOf(request);
        return await sendReport(request, reply, context, extension, format);
      } catch (error) {
        return refuseWith(request, reply, error);
      }
    });
  }
}

async function sendReport(
  request: FastifyRequest,
  reply: FastifyReply,
  { actor, reader, database }: Context,
  extension: string,
  format: Format,
): Promise<FastifyReply> {
  const denial = denialOf(actor, `GET /reports/daily-calls.${extension}`, DAILY_CALL_REPORT_RULE);
  if (denial) throw denial;
  const { currency } = database.settings;
  const rows = await readDailyCallReport(
    database,
    currency,
    reader.scope,
    request.query as { from?: string; to?: string },
  );
  const file = await format.write(rows, currency);
  const name = `daily-calls_${rows[0]!.day}_${rows.at(-1)!.day}.${extension}`;
  return reply
    .header('content-type', format.type)
    .header('content-disposition', `attachment; filename="${name}"`)
    .header('cache-control', 'no-store')
    .send(file);
}

function refuseWith(request: FastifyRequest, reply: FastifyReply, error: unknown): FastifyReply {
  if (!(error instanceof Refusal)) {
    request.log.error({ err: error }, 'unexpected failure');
    const internal = { code: ErrorCode.INTERNAL, message: 'Something failed on our side.', path: [] };
    return reply.code(UNEXPECTED).send({ errors: [toAnswer(internal)] });
  }
  return reply.code(STATUS[error.code] ?? UNEXPECTED).send({ errors: error.errors.map(toAnswer) });
}

function toAnswer({ code, message, path }: UserError) {
  return { message, extensions: { code, path } };
}
