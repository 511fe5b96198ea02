/** Classes of SQLSTATE: connection, rollback, resources, not in the state needed, operator's intervention, the system. */
const TRANSIENT_CLASSES = new Set(['08', '40', '53', '55', '57', '58']);
/** Of sockets, and of what every process of the machine shares. */
const TRANSIENT_CODES = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ECONNABORTED',
  'EPIPE',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EMFILE',
  'ENFILE',
  'EAGAIN',
  'ENOMEM',
  'ENOSPC',
  'EIO',
]);
/** The driver's own words about its connections: these errors of it have no code. */
const DRIVER =
  /connection (terminated|error|is closed)|timeout exceeded when trying to connect|not queryable|calling end on the pool/i;

/** Whether what failed may well succeed later, unchanged: it lay at the database or the machine, not at what was done. */
export function isTransient(error: unknown): boolean {
  if (typeof error !== 'object' || error === null) return false;
  const { code, message, cause } = error as { code?: unknown; message?: unknown; cause?: unknown };
  if (typeof code === 'string') {
    return TRANSIENT_CODES.has(code) || (code.length === 5 && TRANSIENT_CLASSES.has(code.slice(0, 2)));
  }
  return (typeof message === 'string' && DRIVER.test(message)) || isTransient(cause);
}
