import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import type { Context } from '../../context.js';
import {
  AcceptInquiryPayload,
  AnswerInquiryPayload,
  AssignInquiryPayload,
  ChangeInquiryPriorityPayload,
  ChangeInquirySkillsPayload,
  ChangeInquiryStatusPayload,
  DeclineInquiryPayload,
  ReturnInquiryPayload,
} from '../../schema/distribution/inquiry.payloads.js';
import {
  AcceptInquiryInput,
  AnswerInquiryInput,
  AssignInquiryInput,
  ChangeInquiryPriorityInput,
  ChangeInquirySkillsInput,
  ChangeInquiryStatusInput,
  DeclineInquiryInput,
  ReturnInquiryInput,
} from '../../schema/distribution/inquiry-work.inputs.js';
import { acceptInquiry } from '../../services/distribution/accept-inquiry.js';
import { answerInquiry } from '../../services/distribution/answer-inquiry.js';
import { assignInquiry } from '../../services/distribution/assign-inquiry.js';
import { changeInquiryPriority } from '../../services/distribution/change-inquiry-priority.js';
import { changeInquirySkills } from '../../services/distribution/change-inquiry-skills.js';
import { changeInquiryStatus } from '../../services/distribution/change-inquiry-status.js';
import { declineInquiry } from '../../services/distribution/decline-inquiry.js';
import { inquiries } from '../../services/distribution/inquiry.queries.js';
import { returnInquiry } from '../../services/distribution/return-inquiry.js';
import type { Work } from '../../services/shared/database/work.js';
import { mutate } from '../shared/mutate.js';

/** Does something with an inquiry, and shows it as it is then. */
const workOn = (context: Context, run: (work: Work) => Promise<string>) =>
  mutate(context, run, async (key) => ({ inquiry: await context.reader.byId(inquiries, key) }));

/** What people do with inquiries. */
@Resolver()
export class InquiryWorkResolver {
  @Mutation(() => ChangeInquiryStatusPayload, {
    description:
      'Closes, rejects or reopens an inquiry: your own, or any where you may change them. Ending one frees its operator; a reopened one goes back into the queue.',
  })
  changeInquiryStatus(
    @Arg('input', () => ChangeInquiryStatusInput, { description: 'Which inquiry, and its status.' })
    input: ChangeInquiryStatusInput,
    @Ctx() context: Context,
  ) {
    return workOn(context, (work) => changeInquiryStatus(work, input));
  }

  @Mutation(() => AssignInquiryPayload, {
    description:
      'Gives an inquiry to an operator by hand, one that waits or that another has: anybody’s, or within the groups that you supervise. Hours, presence, weights and skills do not bind you; the operator’s limit does.',
  })
  assignInquiry(
    @Arg('input', () => AssignInquiryInput, { description: 'Which inquiry, and to whom.' }) input: AssignInquiryInput,
    @Ctx() context: Context,
  ) {
    return workOn(context, (work) => assignInquiry(work, input));
  }

  @Mutation(() => ReturnInquiryPayload, {
    description:
      'Puts an inquiry that an operator has back into the queue, to be distributed anew: your own, any where you may assign them, or one of an operator in the groups that you supervise.',
  })
  returnInquiry(
    @Arg('input', () => ReturnInquiryInput, { description: 'Which inquiry.' }) input: ReturnInquiryInput,
    @Ctx() context: Context,
  ) {
    return workOn(context, (work) => returnInquiry(work, input));
  }

  @Mutation(() => AcceptInquiryPayload, { description: 'Accepts an inquiry that is offered to you, within its time.' })
  acceptInquiry(
    @Arg('input', () => AcceptInquiryInput, { description: 'Which inquiry.' }) input: AcceptInquiryInput,
    @Ctx() context: Context,
  ) {
    return workOn(context, (work) => acceptInquiry(work, input));
  }

  @Mutation(() => DeclineInquiryPayload, {
    description:
      'Declines an inquiry that is offered to you: it goes to the end of its queue, and to others before it comes to you again.',
  })
  declineInquiry(
    @Arg('input', () => DeclineInquiryInput, { description: 'Which inquiry.' }) input: DeclineInquiryInput,
    @Ctx() context: Context,
  ) {
    return workOn(context, (work) => declineInquiry(work, input));
  }

  @Mutation(() => AnswerInquiryPayload, {
    description: 'Says that an inquiry has had its first answer, now; one that was only offered is accepted by it.',
  })
  answerInquiry(
    @Arg('input', () => AnswerInquiryInput, { description: 'Which inquiry.' }) input: AnswerInquiryInput,
    @Ctx() context: Context,
  ) {
    return workOn(context, (work) => answerInquiry(work, input));
  }

  @Mutation(() => ChangeInquiryPriorityPayload, {
    description: 'Changes the priority of an inquiry, and with it its place in the queue.',
  })
  changeInquiryPriority(
    @Arg('input', () => ChangeInquiryPriorityInput, { description: 'Which inquiry, and how urgent it is.' })
    input: ChangeInquiryPriorityInput,
    @Ctx() context: Context,
  ) {
    return workOn(context, (work) => changeInquiryPriority(work, input));
  }

  @Mutation(() => ChangeInquirySkillsPayload, {
    description:
      'Changes what skills an inquiry asks for. One that waits is looked at again; one that an operator has stays theirs.',
  })
  changeInquirySkills(
    @Arg('input', () => ChangeInquirySkillsInput, { description: 'Which inquiry, and all its skills.' })
    input: ChangeInquirySkillsInput,
    @Ctx() context: Context,
  ) {
    return workOn(context, (work) => changeInquirySkills(work, input));
  }
}
