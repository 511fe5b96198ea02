import { Check, Entity, ManyToOne, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { IDENTITY, INSTANT } from '../shared/columns.js';
import { Sim } from '../sims/sim.entity.js';
import { Contract } from './contract.entity.js';

/**
 * That a SIM stood in a contract from an instant until another; the database refuses two at once.
 *
 * The constraints that do so begin with the SIM and with the contract, and are the indexes of both.
 */
@Entity({ tableName: 'sim_binding' })
@Check({ name: 'sim_binding_period_check', expression: 'bound_until > bound_from' })
export class SimBinding {
  @PrimaryKey({ ...IDENTITY })
  id!: string;

  @ManyToOne({ entity: () => Sim })
  sim!: Sim;

  @ManyToOne({ entity: () => Contract })
  contract!: Contract;

  @Property({ ...INSTANT })
  boundFrom!: Date;

  /** Null while it lasts. */
  @Property({ ...INSTANT, nullable: true })
  boundUntil: Date | null = null;
}
