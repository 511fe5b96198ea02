/** Classes of SQLSTATE: connection, rollback, resources, not in the state needed, operator's intervention, the system. */
const TRANSIENT_CLASSES = new Set(['08', '40', '53', '55', '57', '58']);
/** Of SQLSTATE: connections, and that the server goes down or comes up. */
const UNREACHABLE = /^(08[0-9A-Z]{3}|57P0[1-3])$/;
/** Of sockets. */
const SOCKET_CODES = [
  'ECONNREFUSED',
  'ECONNRESET',
  'ECONNABORTED',
  'EPIPE',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'EAI_AGAIN',
] as const;
/** Of sockets, and of what every process of the machine shares. */
const TRANSIENT_CODES = new Set<string>([...SOCKET_CODES, 'EMFILE', 'ENFILE', 'EAGAIN', 'ENOMEM', 'ENOSPC', 'EIO']);
/** The driver's own words about its connections: these errors of it have no code. */
const DRIVER =
  /connection (terminated|error|is closed)|timeout exceeded when trying to connect|query read timeout|not queryable|calling end on the pool/i;

/** Whether what failed may well succeed later, unchanged: it lay at the database or the machine, not at what was done. */
export function isTransient(error: unknown): boolean {
  return comesOf(
    error,
    (code) => TRANSIENT_CODES.has(code) || (code.length === 5 && TRANSIENT_CLASSES.has(code.slice(0, 2))),
  );
}

/** Whether it failed since the database could not be reached, or was just going down or coming up. */
export function isUnreachable(error: unknown): boolean {
  return comesOf(error, (code) => UNREACHABLE.test(code) || SOCKET_CODES.some((one) => one === code));
}

/** Whether an error, or what it was caused by, has such a code, or is one of the driver's about connections. */
function comesOf(error: unknown, isSuch: (code: string) => boolean): boolean {
  if (typeof error !== 'object' || error === null) return false;
  const { code, message, cause } = error as { code?: unknown; message?: unknown; cause?: unknown };
  if (typeof code === 'string') return isSuch(code);
  return (typeof message === 'string' && DRIVER.test(message)) || comesOf(cause, isSuch);
}
