import { ArgsType, Field, InputType } from 'type-graphql';
import type { tariffs, tariffVersions } from '../../services/catalog/tariff.queries.js';
import type { FilterOf, OrderFieldOf } from '../../services/shared/read/readable.js';
import { ConnectionArgs } from '../shared/connection.type.js';
import { describeEnum } from '../shared/describe-enum.js';
import { OrderDirection } from '../shared/order-direction.enum.js';

export enum TariffOrderField {
  NAME = 'NAME',
}

describeEnum(TariffOrderField, {
  name: 'TariffOrderField',
  description: 'What tariffs are ordered by.',
  values: { NAME: 'The name.' },
});

export enum TariffVersionOrderField {
  VALID_FROM = 'VALID_FROM',
}

describeEnum(TariffVersionOrderField, {
  name: 'TariffVersionOrderField',
  description: 'What the versions of a tariff are ordered by.',
  values: { VALID_FROM: 'Since when they hold.' },
});

@InputType({ description: 'Which tariffs; every field given must hold.' })
export class TariffFilter implements FilterOf<typeof tariffs> {
  @Field(() => Boolean, { nullable: true, description: 'On sale, or not.' })
  active?: boolean | null;

  @Field(() => String, { nullable: true, description: 'With this text in the name, whatever its case.' })
  name?: string | null;
}

@InputType({ description: 'How tariffs are ordered.' })
export class TariffOrder {
  @Field(() => TariffOrderField, { description: 'By what.' })
  field!: OrderFieldOf<typeof tariffs>;

  @Field(() => OrderDirection, { defaultValue: OrderDirection.ASC, description: 'Which end first.' })
  direction!: OrderDirection;
}

/** The arguments of every list of tariffs. */
@ArgsType()
export class TariffListArgs extends ConnectionArgs {
  @Field(() => TariffFilter, { nullable: true, description: 'Which; all when left out.' })
  filter?: TariffFilter | null;

  @Field(() => TariffOrder, { nullable: true, description: 'By name when left out.' })
  orderBy?: TariffOrder | null;
}

@InputType({ description: 'How the versions of a tariff are ordered.' })
export class TariffVersionOrder {
  @Field(() => TariffVersionOrderField, { description: 'By what.' })
  field!: OrderFieldOf<typeof tariffVersions>;

  @Field(() => OrderDirection, { defaultValue: OrderDirection.DESC, description: 'Which end first.' })
  direction!: OrderDirection;
}

/** The arguments of every list of versions of a tariff. */
@ArgsType()
export class TariffVersionListArgs extends ConnectionArgs {
  @Field(() => TariffVersionOrder, { nullable: true, description: 'The latest first when left out.' })
  orderBy?: TariffVersionOrder | null;
}
