import { Entity, PrimaryKey, Property, Unique } from '@mikro-orm/decorators/legacy';
import { CREATED, IDENTITY } from '../shared/columns.js';

/** What a subscriber pays by; its prices are in its versions (requirements, part 3). */
@Entity({ tableName: 'tariff' })
export class Tariff {
  @PrimaryKey({ ...IDENTITY })
  id!: string;

  @Property({ type: 'text' })
  @Unique()
  name!: string;

  @Property({ type: 'text' })
  description: string = '';

  /** On sale: a new contract may be made on it. */
  @Property({ type: 'boolean', default: true })
  active: boolean = true;

  /** Of its last change, counted up under the row's lock: the order of its events. */
  @Property({ type: 'integer', default: 1 })
  version: number = 1;

  @Property({ ...CREATED })
  createdAt!: Date;
}
