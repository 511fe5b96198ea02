import { Migration } from '@mikro-orm/migrations';
import { CHOICE } from './0003-choice.sql.js';
import { KIND } from './0003-kind.sql.js';
import { LEADS } from './0003-leads.sql.js';
import { LOAD } from './0003-load.sql.js';
import { RECORD } from './0003-record.sql.js';
import { REGISTER } from './0003-register.sql.js';
import { ROLES } from './0003-roles.sql.js';
import { TABLES } from './0003-tables.sql.js';
import { WAITING } from './0003-waiting.sql.js';

const FOLD_SKILLS = `
update operator o set skills = array(
  select distinct lower(btrim(skill)) collate "C" from unnest(o.skills) skill order by 1)
where skills <> array(select distinct lower(btrim(skill)) collate "C" from unnest(o.skills) skill order by 1);
`;

/** Sources, leads, inquiries and their distribution among operators (requirements, part 7). */
export class Migration0003Distribution extends Migration {
  override readonly name = '0003-distribution';

  override up(): void {
    // A skill is the same whatever its case; what was written before is folded here.
    this.addSql(FOLD_SKILLS);
    for (const sql of [KIND, TABLES, RECORD, LOAD, CHOICE, LEADS, WAITING, REGISTER, ROLES]) this.addSql(sql);
  }
}
