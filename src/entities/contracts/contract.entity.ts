import { Entity, Enum, Index, ManyToOne, PrimaryKey, Property, Unique } from '@mikro-orm/decorators/legacy';
import { Tariff } from '../catalog/tariff.entity.js';
import { Customer } from '../customers/customer.entity.js';
import { CREATED, IDENTITY, INSTANT } from '../shared/columns.js';
import { Sim } from '../sims/sim.entity.js';
import { ContractStatus } from './contract-status.enum.js';

// In PostgreSQL's own normal form, so that the comparison of entities and tables finds no difference.
const LIVE = "(status <> ALL (ARRAY['CLOSED'::text, 'CANCELLED'::text]))";

/** A customer's agreement: one number, one SIM, one tariff, one account (requirements, part 4). */
@Entity({ tableName: 'contract' })
@Index({ properties: ['createdAt', 'id'] })
@Index({ properties: ['customer', 'id'] })
@Index({ properties: ['customer', 'createdAt', 'id'] })
@Unique({ name: 'contract_live_sim_unique', properties: ['sim'], where: LIVE })
@Unique({ name: 'contract_live_msisdn_unique', properties: ['msisdn'], where: LIVE })
export class Contract {
  @PrimaryKey({ ...IDENTITY })
  id!: string;

  /** What people call it by; the same for good. */
  @Property({ type: 'text' })
  @Unique()
  number!: string;

  @ManyToOne({ entity: () => Customer })
  customer!: Customer;

  /** The subscriber's number, E.164. */
  @Property({ type: 'text' })
  @Index()
  msisdn!: string;

  /** The SIM that is in it now; which was in it when is in the SIM's bindings. */
  @ManyToOne({ entity: () => Sim })
  sim!: Sim;

  /** The tariff that holds now; which held when is in the contract's tariffs. */
  @ManyToOne({ entity: () => Tariff })
  @Index()
  tariff!: Tariff;

  @Enum({ items: () => ContractStatus, type: 'text', default: ContractStatus.DRAFT })
  @Index()
  status: ContractStatus = ContractStatus.DRAFT;

  @Property({ ...INSTANT, nullable: true })
  activatedAt: Date | null = null;

  @Property({ ...INSTANT, nullable: true })
  closedAt: Date | null = null;

  /** Of its last change, counted up under the row's lock: the order of its events. */
  @Property({ type: 'integer', default: 1 })
  version: number = 1;

  @Property({ ...CREATED })
  createdAt!: Date;
}
