import { Entity, Index, ManyToOne, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { Operator } from '../identity/operator.entity.js';
import { CREATED, IDENTITY } from '../shared/columns.js';
import { Source } from './source.entity.js';
import { SourceWeighting } from './source-weighting.entity.js';

/**
 * That chance drew an operator whose last place another inquiry took meanwhile: another number was drawn then. Without
 * these the draws that are kept would favour whoever never fills up (requirements, part 7; docs/decisions/0021).
 */
@Entity({ tableName: 'lost_draw' })
@Index({ properties: ['source', 'madeAt', 'id'] })
@Index({ properties: ['operator', 'id'] })
export class LostDraw {
  @PrimaryKey({ ...IDENTITY })
  id!: string;

  @ManyToOne({ entity: () => Source })
  source!: Source;

  @ManyToOne({ entity: () => Operator })
  operator!: Operator;

  /** What was drawn, of 2^53 equally likely numbers from 0 on. */
  @Property({ type: 'bigint' })
  draw!: string;

  /** The weights that were chosen by. */
  @ManyToOne({ entity: () => SourceWeighting })
  weighting!: SourceWeighting;

  /** A letter for each operator of the weighting, in their order, as it seemed when the number was drawn. */
  @Property({ type: 'text' })
  states!: string;

  @Property({ ...CREATED })
  madeAt!: Date;
}
