import { Entity, PrimaryKey, Property, Unique } from '@mikro-orm/decorators/legacy';
import { IDENTITY } from '../shared/columns.js';

/** A team of users that a supervisor answers for. */
@Entity({ tableName: 'user_group' })
export class UserGroup {
  @PrimaryKey({ ...IDENTITY })
  id!: string;

  @Property({ type: 'text' })
  @Unique()
  name!: string;
}
