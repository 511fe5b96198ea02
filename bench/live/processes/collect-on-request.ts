import { setTimeout as sleep } from 'node:timers/promises';
import { answerCommands } from './answer-commands.ts';

/** For memory that is given back only when the collector has run for a second time, and what it does in the background. */
const ROUNDS = 3;
const PAUSE_MS = 300;

/**
 * Loaded before the program of whoever is measured (`--import`), the same for all: collects garbage when the bench asks
 * (with `--expose-gc`), and ends the process when the bench is gone.
 */
answerCommands({
  collect: async () => {
    for (let round = 0; round < ROUNDS; round += 1) {
      globalThis.gc?.();
      await sleep(PAUSE_MS);
    }
    return process.memoryUsage();
  },
});
