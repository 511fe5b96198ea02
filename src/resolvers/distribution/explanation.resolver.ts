import { Arg, Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import type { Context } from '../../context.js';
import type { Assignment } from '../../entities/distribution/assignment.entity.js';
import type { Inquiry } from '../../entities/distribution/inquiry.entity.js';
import type { Source } from '../../entities/distribution/source.entity.js';
import { AssignmentType } from '../../schema/distribution/assignment.type.js';
import {
  AssignmentExplanationType,
  CANDIDATES_COUNT_FOR,
  CandidateType,
  ExplainedCandidateType,
} from '../../schema/distribution/explanation.type.js';
import { InquiryType } from '../../schema/distribution/inquiry.type.js';
import { SourceType } from '../../schema/distribution/source.type.js';
import { OperatorType } from '../../schema/identity/operator.type.js';
import { CountsFor } from '../../schema/shared/counts-for.js';
import { explainAssignment } from '../../services/distribution/explain-assignment.js';
import { readInquiryCandidates, readSourceCandidates } from '../../services/distribution/read-candidates.js';
import { operators } from '../../services/identity/operator.queries.js';
import { parent } from '../../services/shared/read/reads/to-one.js';
import type { Row } from '../../services/shared/read/row.js';
import { Declares } from '../shared/declares.js';

@Resolver(() => AssignmentType)
export class ExplainedAssignmentResolver {
  @FieldResolver(() => AssignmentExplanationType, {
    nullable: true,
    description:
      'How the inquiry came to this operator, replayed; null when it was by hand, and where you may not see who takes the source’s inquiries.',
  })
  explain(@Root() assignment: Row<Assignment>, @Ctx() { reader }: Context) {
    return explainAssignment(assignment, reader);
  }
}

@Resolver(() => AssignmentExplanationType)
export class AssignmentExplanationResolver {
  @FieldResolver(() => OperatorType, {
    nullable: true,
    description: 'The operator whom the replay comes to; null where it comes to nobody.',
  })
  @Declares()
  replayedOperator() {
    return parent(operators, 'replayedOperator');
  }
}

@Resolver(() => ExplainedCandidateType)
export class ExplainedCandidateResolver {
  @FieldResolver(() => OperatorType, { nullable: true, description: 'Who; null where you may not see them.' })
  @Declares()
  operator() {
    return parent(operators, 'operator');
  }
}

@Resolver(() => CandidateType)
export class CandidateResolver {
  @FieldResolver(() => OperatorType, { nullable: true, description: 'Who; null where you may not see them.' })
  @Declares()
  operator() {
    return parent(operators, 'operator');
  }
}

@Resolver(() => SourceType)
export class SourceCandidatesResolver {
  @FieldResolver(() => [CandidateType], {
    nullable: true,
    description:
      'Who could take an inquiry through it now, with what chance, and what stands in the way of the others; null where you may not see that.',
  })
  @CountsFor(CANDIDATES_COUNT_FOR)
  candidates(
    @Root() { id }: Row<Source>,
    @Arg('skills', () => [String], {
      nullable: true,
      description: 'Skills that the inquiry would ask for, beside those of the source.',
    })
    skills: string[] | null | undefined,
    @Ctx() { reader }: Context,
  ) {
    return readSourceCandidates(id, skills, reader);
  }
}

@Resolver(() => InquiryType)
export class InquiryCandidatesResolver {
  @FieldResolver(() => [CandidateType], {
    nullable: true,
    description:
      'While it waits: who could take it now, and what stands in the way of the others. Null when it does not wait, and where you may not see that.',
  })
  @CountsFor(CANDIDATES_COUNT_FOR)
  candidates(@Root() { id }: Row<Inquiry>, @Ctx() { reader }: Context) {
    return readInquiryCandidates(id, reader);
  }
}
