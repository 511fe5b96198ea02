import { Args, FieldResolver, Resolver } from 'type-graphql';
import { InquiryListArgs } from '../../schema/distribution/inquiry.inputs.js';
import { InquiryConnection } from '../../schema/distribution/inquiry.type.js';
import { SourceWeightListArgs } from '../../schema/distribution/source.inputs.js';
import { SourceWeightConnection } from '../../schema/distribution/source.type.js';
import { OperatorType } from '../../schema/identity/operator.type.js';
import { inquiries } from '../../services/distribution/inquiry.queries.js';
import { sourceWeights } from '../../services/distribution/source.queries.js';
import { pageOf } from '../../services/shared/read/reads/list.js';
import { Declares } from '../shared/declares.js';

/** What an operator has of the distribution. */
@Resolver(() => OperatorType)
export class OperatorInquiriesResolver {
  @FieldResolver(() => InquiryConnection, {
    description: 'The inquiries that this operator has, or had when they ended, as far as you may see them.',
  })
  @Declares()
  inquiries(@Args() list: InquiryListArgs) {
    return pageOf(inquiries, ['operator'], list);
  }

  @FieldResolver(() => SourceWeightConnection, {
    description: 'The sources whose inquiries this operator takes, with the weights, as far as you may see them.',
  })
  @Declares()
  weights(@Args() list: SourceWeightListArgs) {
    return pageOf(sourceWeights, ['operator'], list);
  }
}
