import { Refused } from './ask.ts';
import { SessionEnded } from './session.ts';

/** What is to be done after a subscription was lost: connect at once, renew the token first, wait first, or give up. */
export type Remedy = 'AT_ONCE' | 'RENEW' | 'WAIT' | 'GIVE_UP';

const BY_CLOSE_CODE: Readonly<Record<number, Remedy>> = {
  /** The server goes away: another one answers, or soon the same. */
  1001: 'AT_ONCE',
  /** The token does not hold any more. */
  4401: 'RENEW',
  /** The token is of somebody else. */
  4403: 'GIVE_UP',
};

/** Codes of errors that may be gone the next time. */
const BY_ERROR_CODE: Readonly<Record<string, Remedy>> = { UNAUTHENTICATED: 'RENEW', INTERNAL: 'WAIT' };

/**
 * What an error of a subscription or of a snapshot asks for.
 *
 * @param error what `fetch` or graphql-ws throw: a close of the socket, whatever went wrong on the way, or a refusal
 */
export function remedyFor(error: unknown): Remedy {
  if (error instanceof SessionEnded) return 'GIVE_UP';
  if (error instanceof Refused) return BY_ERROR_CODE[error.codes[0] ?? ''] ?? 'GIVE_UP';
  const code = (error as { code?: unknown } | undefined)?.code;
  return (typeof code === 'number' ? BY_CLOSE_CODE[code] : undefined) ?? 'WAIT';
}

/** How long is waited before another attempt, in milliseconds. */
export interface BackOff {
  readonly firstMs: number;
  readonly mostMs: number;
}

export const BACK_OFF: BackOff = { firstMs: 500, mostMs: 30_000 };

/**
 * How long to wait, in milliseconds: at random, so that the clients of a server that has failed do not all come back in
 * one moment, and the longer the more attempts were in vain.
 */
export function pauseBefore(remedy: Remedy, attempts: number, { firstMs, mostMs }: BackOff): number {
  if (remedy !== 'WAIT' && attempts === 0) return 0;
  return Math.random() * Math.min(mostMs, firstMs * 2 ** attempts);
}

/** Waits so many milliseconds, or until the signal. */
export function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, milliseconds);
    signal.addEventListener('abort', end);
    if (signal.aborted) end();
  });
}
