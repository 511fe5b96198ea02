/** After the first failure, in milliseconds; then four times as long each, up to the longest. */
const FIRST_MS = 5_000;
const FACTOR = 4;
const LONGEST_MS = 6 * 60 * 60 * 1000;
/** Of the delay, by chance taken off: what failed together is not tried again together. */
const JITTER = 0.2;
/** So many attempts are spread over about three days. */
const MOST_ATTEMPTS = 19;

/**
 * How long to wait before the next attempt, in milliseconds; undefined when there is to be none.
 *
 * @param attempts so many have failed, at least one
 * @param retryAfterMs how long the receiver asks to be left alone; heard up to the longest delay
 * @param random from 0 up to 1
 */
export function delayAfter(attempts: number, retryAfterMs: number, random: number): number | undefined {
  if (attempts >= MOST_ATTEMPTS) return undefined;
  const delay = Math.min(FIRST_MS * FACTOR ** (attempts - 1), LONGEST_MS);
  return Math.max(delay * (1 - JITTER * random), Math.min(retryAfterMs, LONGEST_MS));
}

/** What a `Retry-After` asks for, in milliseconds: seconds or a date; nothing for what is neither, or past. */
export function readRetryAfter(header: string | null, now: Date): number {
  if (header === null) return 0;
  const milliseconds = /^\d{1,9}$/.test(header) ? Number(header) * 1000 : Date.parse(header) - now.getTime();
  return milliseconds > 0 ? milliseconds : 0;
}
