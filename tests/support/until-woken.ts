/** How often the log is looked at without a signal, in milliseconds. */
const POLL_MS = 250;
/** Looks that may have another reason, such as that somebody has begun to listen. */
const SPARE_LOOKS = 3;
const PATIENCE_MS = 20_000;

/**
 * Lets things happen, one after the other, until the log was looked at more often than it is without a signal: a slow
 * machine needs more of them. Fails where it never is.
 *
 * @param looks how often the log has been looked at
 * @param happen records an event, and waits until it is with who listens
 */
export async function untilWoken(looks: () => number | Promise<number>, happen: () => Promise<unknown>): Promise<void> {
  const [began, before] = [performance.now(), await looks()];
  const elapsed = () => performance.now() - began;
  while (elapsed() < PATIENCE_MS) {
    await happen();
    const looked = (await looks()) - before;
    if (looked > SPARE_LOOKS + elapsed() / POLL_MS) return;
  }
  throw new Error('The log was looked at no more often than it is without a signal.');
}
