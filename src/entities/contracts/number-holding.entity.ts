import { Check, Entity, Index, ManyToOne, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { Operator } from '../identity/operator.entity.js';
import { IDENTITY, INSTANT } from '../shared/columns.js';
import { Contract } from './contract.entity.js';

/**
 * That a number belonged to a contract, or to an operator, from an instant until another.
 *
 * A call is rated by who held the number when it began; the database refuses two holders at once.
 */
@Entity({ tableName: 'number_holding' })
@Check({ name: 'number_holding_holder_check', expression: 'num_nonnulls(contract_id, operator_id) = 1' })
@Check({ name: 'number_holding_period_check', expression: 'held_until > held_from' })
export class NumberHolding {
  @PrimaryKey({ ...IDENTITY })
  id!: string;

  /** E.164. */
  @Property({ type: 'text' })
  @Index()
  msisdn!: string;

  @ManyToOne({ entity: () => Contract, nullable: true, deleteRule: 'no action' })
  @Index()
  contract: Contract | null = null;

  @ManyToOne({ entity: () => Operator, nullable: true, deleteRule: 'no action' })
  @Index()
  operator: Operator | null = null;

  @Property({ ...INSTANT })
  heldFrom!: Date;

  /** Null while it lasts. */
  @Property({ ...INSTANT, nullable: true })
  heldUntil: Date | null = null;
}
