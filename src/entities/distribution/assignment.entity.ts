import { Check, Entity, Enum, Index, ManyToOne, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { Operator } from '../identity/operator.entity.js';
import { User } from '../identity/user.entity.js';
import { CREATED, IDENTITY, INSTANT } from '../shared/columns.js';
import { AssignmentEnd } from './assignment-end.enum.js';
import { AssignmentWay } from './assignment-way.enum.js';
import { Inquiry } from './inquiry.entity.js';
import { Source } from './source.entity.js';
import { SourceWeighting } from './source-weighting.entity.js';

const ONE_OPEN = `create unique index "assignment_open_unique" on "assignment" ("inquiry_id") where ended_at is null`;
/** What operators have done, by when. */
const CLOSED = `create index "assignment_closed_index" on "assignment" ("operator_id", "ended_at") where "end" in ('CLOSED', 'REJECTED')`;
const CHOSEN =
  "(way = 'BY_HAND') = (states is null) and (states is null) = (weighting_id is null) and (way = 'CHANCE') = (draw is not null) and (way = 'STICKY') = (returned_to_id is not null)";

/**
 * That an operator had an inquiry for a time, and how it came to them: enough to choose again and come to the same. The
 * database counts the operator's load by it (migration 0003).
 */
@Entity({ tableName: 'assignment' })
@Check({ name: 'assignment_within_limit_check', expression: 'load >= 1 and load <= max_load' })
@Check({ name: 'assignment_chosen_check', expression: CHOSEN })
@Check({
  name: 'assignment_ended_check',
  expression: '(ended_at is null) = ("end" is null) and (ended_at is null) = (end_turn is null)',
})
@Check({ name: 'assignment_draw_check', expression: 'draw >= 0 and draw < 9007199254740992' })
@Index({ properties: ['inquiry', 'id'] })
@Index({ properties: ['operator', 'madeAt', 'id'] })
@Index({ properties: ['source', 'madeAt', 'id'] })
@Index({ name: 'assignment_open_unique', expression: ONE_OPEN })
@Index({ name: 'assignment_closed_index', expression: CLOSED })
export class Assignment {
  @PrimaryKey({ ...IDENTITY })
  id!: string;

  @ManyToOne({ entity: () => Inquiry })
  inquiry!: Inquiry;

  @ManyToOne({ entity: () => Source })
  source!: Source;

  @ManyToOne({ entity: () => Operator })
  operator!: Operator;

  @Enum({ items: () => AssignmentWay, type: 'text' })
  way!: AssignmentWay;

  /** What chance drew, of 2^53 equally likely numbers from 0 on; null where chance did not choose. */
  @Property({ type: 'bigint', nullable: true })
  draw: string | null = null;

  /** Of a returning lead, that by which the operator had had it; null where it did not decide. */
  @ManyToOne({ entity: () => Assignment, nullable: true, deleteRule: 'no action' })
  returnedTo: Assignment | null = null;

  /** The weights that were chosen by; null when it was assigned by hand. */
  @ManyToOne({ entity: () => SourceWeighting, nullable: true, deleteRule: 'no action' })
  weighting: SourceWeighting | null = null;

  /** A letter for each operator of the weighting, in their order: what stood in their way, or `e` for eligible. */
  @Property({ type: 'text', nullable: true })
  states: string | null = null;

  /** Who assigned it by hand. */
  @ManyToOne({ entity: () => User, nullable: true, deleteRule: 'no action' })
  madeBy: User | null = null;

  /** Of the operator when it was made, with this inquiry, and the limit that held. */
  @Property({ type: 'integer' })
  load!: number;

  @Property({ type: 'integer' })
  maxLoad!: number;

  /** Counts the changes of the operator's load: in this order they happened, whatever the clocks said. */
  @Property({ type: 'bigint', hidden: true })
  turn!: string;

  @Property({ type: 'bigint', nullable: true, hidden: true })
  endTurn: string | null = null;

  @Property({ ...CREATED })
  madeAt!: Date;

  /** Until when it was to be accepted; null where it was the operator's at once. */
  @Property({ ...INSTANT, nullable: true })
  acceptBy: Date | null = null;

  @Property({ ...INSTANT, nullable: true })
  acceptedAt: Date | null = null;

  /** Null while the operator has it. */
  @Property({ ...INSTANT, nullable: true })
  endedAt: Date | null = null;

  @Enum({ items: () => AssignmentEnd, type: 'text', nullable: true })
  end: AssignmentEnd | null = null;
}
