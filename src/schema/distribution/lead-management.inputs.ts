import { Field, ID, InputType } from 'type-graphql';
import type { ChangeLead } from '../../services/distribution/change-lead.js';
import type { DismissLeadDuplicate } from '../../services/distribution/dismiss-lead-duplicate.js';
import type { MergeLeads } from '../../services/distribution/merge-leads.js';

@InputType({
  description:
    'What to change of a lead; what is left out stays, null or nothing in it is none. Something they must stay known by.',
})
export class ChangeLeadInput implements ChangeLead {
  @Field(() => ID, { description: 'Which lead; not one that was merged into another.' })
  leadId!: string;

  @Field(() => String, { nullable: true, description: 'Their name, at most 200 characters.' })
  name?: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'What sources call them, in the namespace that sources share; no other lead is known by it.',
  })
  externalId?: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'Their phone number, in any usual form; no other lead is known by it.',
  })
  phone?: string | null;

  @Field(() => String, { nullable: true, description: 'Their e-mail address; no other lead is known by it.' })
  email?: string | null;

  @Field(() => [ID], {
    nullable: true,
    description: 'Ids of their `aliases` and `sourceIds` that they are to be known by no more, at most 100.',
  })
  forgetIds?: string[] | null;
}

@InputType({ description: 'Two leads that are one person.' })
export class MergeLeadsInput implements MergeLeads {
  @Field(() => ID, { description: 'The lead that stays.' })
  keptId!: string;

  @Field(() => ID, { description: 'The lead whose inquiries and identifiers go to the one that stays.' })
  mergedId!: string;
}

@InputType({ description: 'Two leads that are different people.' })
export class DismissLeadDuplicateInput implements DismissLeadDuplicate {
  @Field(() => ID, { description: 'Which possible duplicate; an open one.' })
  duplicateId!: string;
}
