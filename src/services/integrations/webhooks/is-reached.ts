import { sql } from 'kysely';

/**
 * Whether the place of endpoint `e` in the log has reached message `d`. After a replay it has not for what waited
 * already: earlier messages of the same subjects may have to be taken from the log again first.
 */
export const IS_REACHED = sql`(d.log <> e.log or (d.xid, d.position) <= (e.xid, e.position))`;
