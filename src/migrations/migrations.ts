import { Migration0001Initial } from './0001-initial.js';
import { Migration0002Live } from './0002-live.js';
import { Migration0003Distribution } from './0003-distribution.js';

/** Every migration, in order; one is never edited once it has landed. */
export const MIGRATIONS = [Migration0001Initial, Migration0002Live, Migration0003Distribution] as const;
