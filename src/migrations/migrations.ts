import { Migration0001Initial } from './0001-initial.js';

/** Every migration, in order; one is never edited once it has landed. */
export const MIGRATIONS = [Migration0001Initial] as const;
