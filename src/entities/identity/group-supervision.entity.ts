import { Entity, ManyToOne, PrimaryKey, Unique } from '@mikro-orm/decorators/legacy';
import { IDENTITY } from '../shared/columns.js';
import { User } from './user.entity.js';
import { UserGroup } from './user-group.entity.js';

/** That a supervisor answers for a group. */
@Entity({ tableName: 'group_supervision' })
@Unique({ properties: ['supervisor', 'group'] })
export class GroupSupervision {
  @PrimaryKey({ ...IDENTITY })
  id!: string;

  @ManyToOne({ entity: () => User })
  supervisor!: User;

  @ManyToOne({ entity: () => UserGroup })
  group!: UserGroup;
}
