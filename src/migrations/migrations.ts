import { Migration0001Initial } from './0001-initial.js';
import { Migration0002Live } from './0002-live.js';

/** Every migration, in order; one is never edited once it has landed. */
export const MIGRATIONS = [Migration0001Initial, Migration0002Live] as const;
