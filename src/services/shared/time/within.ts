/**
 * Waits for something no longer than a time.
 *
 * @param millis how long at most
 * @returns whether it has come to its end; false leaves it under way, and nobody hears what becomes of it
 * @throws what it failed with, in time
 */
export async function within(task: Promise<unknown>, millis: number): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<false>((resolve) => {
    timer = setTimeout(resolve, millis, false);
  });
  try {
    return await Promise.race([task.then(() => true), timeout]);
  } finally {
    clearTimeout(timer);
  }
}
