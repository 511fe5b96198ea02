import { Entity, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { INSTANT } from '../shared/columns.js';

/**
 * Wrong passwords in a row for one e-mail, be it somebody's or nobody's, so that waiting tells nobody which are known.
 *
 * A row is there from the first wrong password until a right one, or until nothing was tried for an hour.
 */
@Entity({ tableName: 'sign_in_attempt' })
export class SignInAttempt {
  /** SHA-256 of the e-mail in lower case, hex: what strangers type in is not kept. */
  @PrimaryKey({ type: 'text' })
  emailHash!: string;

  @Property({ type: 'integer' })
  failures!: number;

  @Property({ ...INSTANT })
  lastFailedAt!: Date;

  @Property({ ...INSTANT, nullable: true })
  lockedUntil: Date | null = null;
}
