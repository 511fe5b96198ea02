import { Migration } from '@mikro-orm/migrations';
import { FEED } from './0001-feed.sql.js';
import { GUARDS } from './0001-guards.sql.js';
import { ROLES } from './0001-roles.sql.js';
import { TABLES } from './0001-tables.sql.js';

/** Everything the first rated call needs: people, customers, contracts, the ledger, calls, the event log. */
export class Migration0001Initial extends Migration {
  override readonly name = '0001-initial';

  override up(): void {
    for (const sql of [TABLES, GUARDS, FEED, ROLES]) this.addSql(sql);
  }
}
