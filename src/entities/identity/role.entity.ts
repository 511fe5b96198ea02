import { Entity, PrimaryKey, Property, Unique } from '@mikro-orm/decorators/legacy';
import { IDENTITY } from '../shared/columns.js';
import type { Permission } from './permission.enum.js';

/** A named set of permissions that users carry (requirements, part 1). */
@Entity({ tableName: 'role' })
export class Role {
  @PrimaryKey({ ...IDENTITY })
  id!: string;

  /** `admin`, `supervisor` and `operator` are there from the start. */
  @Property({ type: 'text' })
  @Unique()
  name!: string;

  @Property({ columnType: 'text[]', type: 'array' })
  permissions!: Permission[];

  /** One of the three that are there from the start. */
  @Property({ type: 'boolean', default: false })
  builtIn: boolean = false;
}
