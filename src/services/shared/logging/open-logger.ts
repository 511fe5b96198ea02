import { type DestinationStream, type Logger, pino } from 'pino';

/**
 * What PostgreSQL says of an error beside its message: it quotes the row that was refused, and so whatever of a person
 * stands in it. The names of the table, the column and the constraint stay.
 */
const QUOTING = new Set(['detail']);

/** An error as it is logged, with all that caused it. */
function withoutRows(logged: unknown): unknown {
  if (typeof logged !== 'object' || logged === null) return logged;
  if (Array.isArray(logged)) return logged.map(withoutRows);
  const kept = Object.entries(logged).filter(([name]) => !QUOTING.has(name));
  return Object.fromEntries(kept.map(([name, value]) => [name, withoutRows(value)]));
}

const serializers = { err: (error: Error) => withoutRows(pino.stdSerializers.err(error)) };

/**
 * Opens the process's log, which names no people.
 *
 * @param level below which nothing is logged
 * @param destination where it is written to; to the standard output when left out
 */
export function openLogger(level: string, destination?: DestinationStream): Logger {
  return pino({ level, serializers }, destination);
}
