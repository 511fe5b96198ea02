import { Arg, Args, FieldResolver, ID, Query, Resolver } from 'type-graphql';
import { InquiryListArgs } from '../../schema/distribution/inquiry.inputs.js';
import { InquiryConnection } from '../../schema/distribution/inquiry.type.js';
import { SourceListArgs, SourceWeightListArgs } from '../../schema/distribution/source.inputs.js';
import {
  SourceConnection,
  SourceType,
  SourceWeightConnection,
  SourceWeightType,
} from '../../schema/distribution/source.type.js';
import { OperatorType } from '../../schema/identity/operator.type.js';
import { inquiries } from '../../services/distribution/inquiry.queries.js';
import { sources, sourceWeights } from '../../services/distribution/source.queries.js';
import { operators } from '../../services/identity/operator.queries.js';
import { page, pageOf } from '../../services/shared/read/reads/list.js';
import { byId, parent } from '../../services/shared/read/reads/to-one.js';
import { Declares } from '../shared/declares.js';

@Resolver(() => SourceType)
export class SourceResolver {
  @Query(() => SourceType, { nullable: true, description: 'One source; null when there is none that you may see.' })
  @Declares('id')
  source(@Arg('id', () => ID, { description: 'The source’s id.' }) id: string) {
    return byId(sources, id);
  }

  @Query(() => SourceConnection, {
    description: 'The sources that you may see; those that were removed only if asked.',
  })
  @Declares()
  sources(@Args() list: SourceListArgs) {
    return page(sources, list);
  }

  @FieldResolver(() => SourceWeightConnection, {
    description: 'The operators who take its inquiries, with their weights, as far as you may see them.',
  })
  @Declares()
  weights(@Args() list: SourceWeightListArgs) {
    return pageOf(sourceWeights, ['source'], list);
  }

  @FieldResolver(() => InquiryConnection, { description: 'The inquiries through it that you may see.' })
  @Declares()
  inquiries(@Args() list: InquiryListArgs) {
    return pageOf(inquiries, ['source'], list);
  }
}

@Resolver(() => SourceWeightType)
export class SourceWeightResolver {
  @FieldResolver(() => SourceType, { nullable: true, description: 'The source; null where you may not see it.' })
  @Declares()
  source() {
    return parent(sources, 'source');
  }

  @FieldResolver(() => OperatorType, { nullable: true, description: 'Who; null where you may not see them.' })
  @Declares()
  operator() {
    return parent(operators, 'operator');
  }
}
