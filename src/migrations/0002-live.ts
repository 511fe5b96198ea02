import { Migration } from '@mikro-orm/migrations';
import { ACCESS } from './0002-access.sql.js';
import { FEED_REACH } from './0002-feed.sql.js';
import { HISTORY } from './0002-history.sql.js';
import { WEBHOOKS } from './0002-webhooks.sql.js';

/** What the live part needs: how far the log reaches back, whose rights changed, histories, webhooks. */
export class Migration0002Live extends Migration {
  override readonly name = '0002-live';

  override up(): void {
    for (const sql of [FEED_REACH, HISTORY, WEBHOOKS, ACCESS]) this.addSql(sql);
  }
}
