import { ArgsType, Field, InputType } from 'type-graphql';
import type { operators } from '../../services/identity/operator.queries.js';
import type { FilterOf, OrderFieldOf } from '../../services/shared/read/readable.js';
import { ConnectionArgs } from '../shared/connection.type.js';
import { describeEnum } from '../shared/describe-enum.js';
import { OrderDirection } from '../shared/order-direction.enum.js';

const WHOLE = 'Only operators of whom you see all are found.';

export enum OperatorOrderField {
  ALIAS = 'ALIAS',
}

describeEnum(OperatorOrderField, {
  name: 'OperatorOrderField',
  description: 'What operators are ordered by.',
  values: { ALIAS: 'The name that customers see.' },
});

@InputType({ description: 'Which operators; every field given must hold.' })
export class OperatorFilter implements FilterOf<typeof operators> {
  @Field(() => String, { nullable: true, description: 'With this text in the alias, whatever its case.' })
  alias?: string | null;

  @Field(() => Boolean, { nullable: true, description: `Active, or not. ${WHOLE}` })
  active?: boolean | null;

  @Field(() => String, { nullable: true, description: `With this number, in any usual form. ${WHOLE}` })
  phone?: string | null;

  @Field(() => String, { nullable: true, description: `With this skill. ${WHOLE}` })
  skill?: string | null;
}

@InputType({ description: 'How operators are ordered.' })
export class OperatorOrder {
  @Field(() => OperatorOrderField, { description: 'By what.' })
  field!: OrderFieldOf<typeof operators>;

  @Field(() => OrderDirection, { defaultValue: OrderDirection.ASC, description: 'Which end first.' })
  direction!: OrderDirection;
}

/** The arguments of every list of operators. */
@ArgsType()
export class OperatorListArgs extends ConnectionArgs {
  @Field(() => OperatorFilter, { nullable: true, description: 'Which; all when left out.' })
  filter?: OperatorFilter | null;

  @Field(() => OperatorOrder, { nullable: true, description: 'By alias when left out.' })
  orderBy?: OperatorOrder | null;
}
