import { sql } from 'kysely';
import type { Work } from '../shared/database/work.js';

/**
 * Waits until no other transaction gives inquiries out, and lets none until this one ends; to be called before anything
 * is locked. Whoever changes many inquiries at once locks many operators: two that do it side by side in different
 * orders would wait for each other.
 */
export async function holdDistribution(work: Work): Promise<void> {
  await work.rows(sql`select pg_advisory_xact_lock(hashtextextended('distribution', 0))`);
}
