import { Check, Entity, Index, ManyToOne, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { Tariff } from '../catalog/tariff.entity.js';
import { IDENTITY, INSTANT } from '../shared/columns.js';
import { Contract } from './contract.entity.js';

/** That a contract was on a tariff from an instant until another; a call is rated by the one at its start. */
@Entity({ tableName: 'contract_tariff' })
@Check({ name: 'contract_tariff_period_check', expression: 'valid_until > valid_from' })
export class ContractTariff {
  @PrimaryKey({ ...IDENTITY })
  id!: string;

  @ManyToOne({ entity: () => Contract })
  @Index()
  contract!: Contract;

  @ManyToOne({ entity: () => Tariff })
  tariff!: Tariff;

  @Property({ ...INSTANT })
  validFrom!: Date;

  /** Null while it lasts. */
  @Property({ ...INSTANT, nullable: true })
  validUntil: Date | null = null;
}
