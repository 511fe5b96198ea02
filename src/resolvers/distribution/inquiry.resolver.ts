import { Arg, Args, Ctx, FieldResolver, ID, Mutation, Query, Resolver } from 'type-graphql';
import type { Context } from '../../context.js';
import type { Inquiry } from '../../entities/distribution/inquiry.entity.js';
import { AssignmentConnection, AssignmentType } from '../../schema/distribution/assignment.type.js';
import { AssignmentListArgs, InquiryListArgs, RegisterInquiryInput } from '../../schema/distribution/inquiry.inputs.js';
import { RegisterInquiryPayload } from '../../schema/distribution/inquiry.payloads.js';
import { InquiryConnection, InquiryType } from '../../schema/distribution/inquiry.type.js';
import { LeadType } from '../../schema/distribution/lead.type.js';
import { SourceType } from '../../schema/distribution/source.type.js';
import { OperatorType } from '../../schema/identity/operator.type.js';
import { UserType } from '../../schema/identity/user.type.js';
import { ANSWER_COLUMNS, answerStateOf } from '../../services/distribution/answer-state.js';
import { assignments, inquiries } from '../../services/distribution/inquiry.queries.js';
import { leads } from '../../services/distribution/lead.queries.js';
import { registerInquiry } from '../../services/distribution/register-inquiry.js';
import { LOAD_SHOWN } from '../../services/distribution/source.policy.js';
import { sources } from '../../services/distribution/source.queries.js';
import { operators } from '../../services/identity/operator.queries.js';
import { users } from '../../services/identity/user.queries.js';
import { encodeId } from '../../services/shared/ids/global-id.js';
import { page, pageOf } from '../../services/shared/read/reads/list.js';
import { shown } from '../../services/shared/read/reads/shown.js';
import { byId, parent } from '../../services/shared/read/reads/to-one.js';
import { column, computed } from '../../services/shared/read/reads/values.js';
import { Declares } from '../shared/declares.js';
import { mutateOnce } from '../shared/mutate.js';

@Resolver(() => InquiryType)
export class InquiryResolver {
  @Query(() => InquiryType, { nullable: true, description: 'One inquiry; null when there is none that you may see.' })
  @Declares('id')
  inquiry(@Arg('id', () => ID, { description: 'The inquiry’s id.' }) id: string) {
    return byId(inquiries, id);
  }

  @Query(() => InquiryConnection, { description: 'The inquiries that you may see.' })
  @Declares()
  inquiries(@Args() list: InquiryListArgs) {
    return page(inquiries, list);
  }

  @Mutation(() => RegisterInquiryPayload, {
    description:
      'Registers an inquiry: finds its lead or makes one, and gives it to an operator by weighted chance; with nobody free it waits. What you register and may not see, `inquiryId` tells.',
  })
  registerInquiry(
    @Arg('input', () => RegisterInquiryInput, { description: 'Who approached, through what, and about what.' })
    input: RegisterInquiryInput,
    @Ctx() context: Context,
  ) {
    return mutateOnce(
      context,
      (work) => registerInquiry(work, input, context.house.draws),
      async ({ inquiryId, repeated }) => ({
        inquiryId: encodeId('Inquiry', inquiryId),
        repeated,
        inquiry: await context.reader.byIdWith(inquiries, inquiryId, {
          lead: leads,
          operator: operators,
          source: sources,
        }),
      }),
    );
  }

  @FieldResolver(() => SourceType, {
    nullable: true,
    description: 'What it came through; null where you may not see that.',
  })
  @Declares()
  source() {
    return parent(sources, 'source');
  }

  @FieldResolver(() => LeadType, { nullable: true, description: 'Who approached; null where you may not see them.' })
  @Declares()
  lead() {
    return parent(leads, 'lead');
  }

  @FieldResolver(() => OperatorType, {
    nullable: true,
    description: 'Who has it, or had it when it ended; null while it waits, and where you may not see them.',
  })
  @Declares()
  operator() {
    return parent(operators, 'operator');
  }

  @FieldResolver()
  @Declares()
  answerState() {
    return computed<Inquiry>(ANSWER_COLUMNS, answerStateOf);
  }

  @FieldResolver(() => AssignmentConnection, {
    description: 'Who had it when and why, the latest first, as far as you may see that.',
  })
  @Declares()
  assignments(@Args() list: AssignmentListArgs) {
    return pageOf(assignments, ['inquiry'], list);
  }
}

@Resolver(() => AssignmentType)
export class AssignmentResolver {
  @FieldResolver(() => InquiryType, { nullable: true, description: 'The inquiry; null where you may not see it.' })
  @Declares()
  inquiry() {
    return parent(inquiries, 'inquiry');
  }

  @FieldResolver(() => OperatorType, { nullable: true, description: 'Who had it; null where you may not see them.' })
  @Declares()
  operator() {
    return parent(operators, 'operator');
  }

  @FieldResolver(() => UserType, { nullable: true, description: 'Who gave it to them by hand; else null.' })
  @Declares()
  madeBy() {
    return parent(users, 'madeBy');
  }

  @FieldResolver()
  @Declares()
  load() {
    return shown(LOAD_SHOWN, column('load'));
  }

  @FieldResolver()
  @Declares()
  maxLoad() {
    return shown(LOAD_SHOWN, column('maxLoad'));
  }
}
