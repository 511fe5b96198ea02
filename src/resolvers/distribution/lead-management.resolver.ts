import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import type { Context } from '../../context.js';
import {
  ChangeLeadPayload,
  DismissLeadDuplicatePayload,
  MergeLeadsPayload,
} from '../../schema/distribution/lead.payloads.js';
import {
  ChangeLeadInput,
  DismissLeadDuplicateInput,
  MergeLeadsInput,
} from '../../schema/distribution/lead-management.inputs.js';
import { changeLead } from '../../services/distribution/change-lead.js';
import { dismissLeadDuplicate } from '../../services/distribution/dismiss-lead-duplicate.js';
import { leadDuplicates, leads } from '../../services/distribution/lead.queries.js';
import { mergeLeads } from '../../services/distribution/merge-leads.js';
import { mutate } from '../shared/mutate.js';

const leadOf = async ({ reader }: Context, key: string) => ({ lead: await reader.byId(leads, key) });

@Resolver()
export class LeadManagementResolver {
  @Mutation(() => ChangeLeadPayload, { description: 'Changes what a lead is called and known by.' })
  changeLead(
    @Arg('input', () => ChangeLeadInput, { description: 'Which lead, and what of it.' })
    input: ChangeLeadInput,
    @Ctx() context: Context,
  ) {
    return mutate(
      context,
      (work) => changeLead(work, input),
      (key) => leadOf(context, key),
    );
  }

  @Mutation(() => MergeLeadsPayload, {
    description:
      'Makes two leads one: the inquiries of one go to the other, and so does what it is known by; what the other has already is kept among its `aliases`.',
  })
  mergeLeads(
    @Arg('input', () => MergeLeadsInput, { description: 'Which leads, and which of them stays.' })
    input: MergeLeadsInput,
    @Ctx() context: Context,
  ) {
    return mutate(
      context,
      (work) => mergeLeads(work, input),
      (key) => leadOf(context, key),
    );
  }

  @Mutation(() => DismissLeadDuplicatePayload, {
    description: 'Says of two leads that may be one that they are different people, for good.',
  })
  dismissLeadDuplicate(
    @Arg('input', () => DismissLeadDuplicateInput, { description: 'Which possible duplicate.' })
    input: DismissLeadDuplicateInput,
    @Ctx() context: Context,
  ) {
    return mutate(
      context,
      (work) => dismissLeadDuplicate(work, input),
      async (key) => ({ duplicate: await context.reader.byId(leadDuplicates, key) }),
    );
  }
}
