import { ArgsType, Field, ID, InputType } from 'type-graphql';
import { WebFormLanguage } from '../../entities/distribution/web-form-language.enum.js';
import type { ChangeWebForm } from '../../services/distribution/change-web-form.js';
import type { CreateWebForm } from '../../services/distribution/create-web-form.js';
import type { RemoveWebForm } from '../../services/distribution/remove-web-form.js';
import type { webForms } from '../../services/distribution/web-form.queries.js';
import type { FilterOf, OrderFieldOf } from '../../services/shared/read/readable.js';
import { ConnectionArgs } from '../shared/connection.type.js';
import { describeEnum } from '../shared/describe-enum.js';
import { OrderDirection } from '../shared/order-direction.enum.js';

const TITLE = 'The words above it: one line of at most 120 characters';
const THANKS = 'What is shown to whoever sent it: at most 1000 characters, in several lines if need be';
const ORIGINS =
  'Sites that may show it within a page of theirs, at most 20: `https://example.com`, or `https://*.example.com` for all below it';

export enum WebFormOrderField {
  CREATED_AT = 'CREATED_AT',
}

describeEnum(WebFormOrderField, {
  name: 'WebFormOrderField',
  description: 'What web forms are ordered by.',
  values: { CREATED_AT: 'When they were made.' },
});

@InputType({ description: 'Which web forms; every field given must hold.' })
export class WebFormFilter implements FilterOf<typeof webForms> {
  @Field(() => Boolean, {
    nullable: true,
    defaultValue: false,
    description: 'Those that were removed, or those that were not; null for both.',
  })
  removed?: boolean | null;
}

@InputType({ description: 'How web forms are ordered.' })
export class WebFormOrder {
  @Field(() => WebFormOrderField, { description: 'By what.' })
  field!: OrderFieldOf<typeof webForms>;

  @Field(() => OrderDirection, { defaultValue: OrderDirection.ASC, description: 'Which end first.' })
  direction!: OrderDirection;
}

/** The arguments of every list of web forms. */
@ArgsType()
export class WebFormListArgs extends ConnectionArgs {
  @Field(() => WebFormFilter, { defaultValue: { removed: false }, description: 'Which.' })
  filter!: WebFormFilter;

  @Field(() => WebFormOrder, { nullable: true, description: 'The first made first when left out.' })
  orderBy?: WebFormOrder | null;
}

@InputType({ description: 'A web form to be made.' })
export class CreateWebFormInput implements CreateWebForm {
  @Field(() => ID, { description: 'Of which source its entries become inquiries.' })
  sourceId!: string;

  @Field(() => String, { description: `${TITLE}.` })
  title!: string;

  @Field(() => String, { description: `${THANKS}.` })
  thanks!: string;

  @Field(() => WebFormLanguage, { description: 'The language of its own words.' })
  language!: WebFormLanguage;

  @Field(() => [String], { nullable: true, description: `${ORIGINS}; any may when left out.` })
  origins?: string[] | null;

  @Field(() => String, { description: 'A repeat with the same key and input makes no other.' })
  idempotencyKey!: string;
}

@InputType({ description: 'What to change of a web form; what is left out stays.' })
export class ChangeWebFormInput implements ChangeWebForm {
  @Field(() => ID, { description: 'Which web form.' })
  webFormId!: string;

  @Field(() => String, { nullable: true, description: `${TITLE}.` })
  title?: string | null;

  @Field(() => String, { nullable: true, description: `${THANKS}.` })
  thanks?: string | null;

  @Field(() => WebFormLanguage, { nullable: true, description: 'The language of its own words.' })
  language?: WebFormLanguage | null;

  @Field(() => [String], { nullable: true, description: `${ORIGINS}; any may where it is empty.` })
  origins?: string[] | null;
}

@InputType({ description: 'A web form to be removed.' })
export class RemoveWebFormInput implements RemoveWebForm {
  @Field(() => ID, { description: 'Which web form.' })
  webFormId!: string;
}
