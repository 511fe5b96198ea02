import { Check, Entity, Index, PrimaryKey, Property, Unique } from '@mikro-orm/decorators/legacy';
import { CREATED, IDENTITY, INSTANT } from '../shared/columns.js';

const DEADLINE =
  '(answer_within_seconds > 0) is not false and (warn_before_seconds is null or warn_before_seconds > 0 and warn_before_seconds < answer_within_seconds)';
const OPEN = '((intake_secret is not null) and (removed_at is null)) stored';

/** A channel or bot that inquiries come from, and how they are distributed (requirements, part 7). */
@Entity({ tableName: 'source' })
@Check({ name: 'source_accept_check', expression: 'accept_within_seconds > 0' })
@Check({ name: 'source_deadline_check', expression: DEADLINE })
@Check({ name: 'source_warning_check', expression: 'warn_before_seconds is null or answer_within_seconds is not null' })
@Unique({ name: 'source_name_unique', properties: ['nameKey'], where: '(removed_at IS NULL)' })
@Index({ properties: ['createdAt', 'id'] })
@Index({ properties: ['name', 'id'] })
export class Source {
  @PrimaryKey({ ...IDENTITY })
  id!: string;

  /** As it is shown. */
  @Property({ type: 'text' })
  name!: string;

  /** In lower case: no two sources have one name, but for those that were removed. */
  @Property({ type: 'text', hidden: true })
  nameKey!: string;

  @Property({ type: 'text', default: '' })
  description: string = '';

  /** Whether its external ids are a namespace of their own, apart from that of all other sources. */
  @Property({ type: 'boolean', default: false })
  ownExternalIds: boolean = false;

  /** Whether a returning lead goes to the operator who had them, if eligible. */
  @Property({ type: 'boolean', default: false })
  sticky: boolean = false;

  /** Whether an operator must be present. */
  @Property({ type: 'boolean', default: false })
  asksPresence: boolean = false;

  /** Within how many seconds an operator accepts before the inquiry moves on; null: it is theirs at once. */
  @Property({ type: 'integer', nullable: true })
  acceptWithinSeconds: number | null = null;

  /** Within how many seconds of its registration an inquiry has its first answer; null: whenever. */
  @Property({ type: 'integer', nullable: true })
  answerWithinSeconds: number | null = null;

  /** How many seconds before that deadline it is warned of. */
  @Property({ type: 'integer', nullable: true })
  warnBeforeSeconds: number | null = null;

  /** Skills that each of its inquiries asks for. */
  @Property({ columnType: 'text[]', type: 'array' })
  skills: string[] = [];

  /** That its inquiries have unless they say another: those of a higher one leave the queue first. */
  @Property({ type: 'integer', default: 0 })
  priority: number = 0;

  /** Whether it takes inquiries in over HTTP. */
  @Property({ type: 'boolean', generated: OPEN })
  intakeOpen!: boolean;

  /** What requests to its HTTP intake are signed with, sealed; null while that is closed. */
  @Property({ type: 'text', nullable: true, hidden: true })
  intakeSecret: string | null = null;

  /** The one before, and until when it holds beside the new one. */
  @Property({ type: 'text', nullable: true, hidden: true })
  previousIntakeSecret: string | null = null;

  @Property({ ...INSTANT, nullable: true, hidden: true })
  previousIntakeSecretUntil: Date | null = null;

  /** A removed source takes nothing in; what came through it stays. */
  @Property({ ...INSTANT, nullable: true })
  removedAt: Date | null = null;

  /** Of its last change, counted up under the row's lock: the order of its events. */
  @Property({ type: 'integer', default: 1 })
  version: number = 1;

  @Property({ ...CREATED })
  createdAt!: Date;
}
