import { DecimalType } from '@mikro-orm/core';
import { Check, Entity, Index, ManyToOne, PrimaryKey, Property, Unique } from '@mikro-orm/decorators/legacy';
import { Operator } from '../identity/operator.entity.js';
import { IDENTITY } from '../shared/columns.js';
import { Source } from './source.entity.js';

/**
 * That an operator takes inquiries of a source, and with what weight (requirements, part 7). With weight zero chance
 * never chooses them, and the inquiries of the source may still be given to them by hand.
 */
@Entity({ tableName: 'source_weight' })
@Unique({ properties: ['source', 'operator'] })
@Index({ properties: ['source', 'id'] })
@Index({ properties: ['operator', 'id'] })
@Check({ name: 'source_weight_check', expression: 'weight >= 0 and weight <= 1000000 and scale(weight) <= 6' })
export class SourceWeight {
  @PrimaryKey({ ...IDENTITY })
  id!: string;

  @ManyToOne({ entity: () => Source })
  source!: Source;

  @ManyToOne({ entity: () => Operator })
  operator!: Operator;

  /** A decimal, in its shortest form: only its ratio to the others' matters. */
  @Property({ type: new DecimalType('string'), columnType: 'numeric' })
  weight!: string;
}
