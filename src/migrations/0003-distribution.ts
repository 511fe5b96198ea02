import { Migration } from '@mikro-orm/migrations';
import { CHOICE } from './0003-choice.sql.js';
import { LOAD } from './0003-load.sql.js';
import { RECORD } from './0003-record.sql.js';
import { ROLES } from './0003-roles.sql.js';
import { TABLES } from './0003-tables.sql.js';

/** Sources, leads, inquiries and their distribution among operators (requirements, part 7). */
export class Migration0003Distribution extends Migration {
  override readonly name = '0003-distribution';

  override up(): void {
    for (const sql of [TABLES, RECORD, LOAD, CHOICE, ROLES]) this.addSql(sql);
  }
}
