import { Field, ID, ObjectType } from 'type-graphql';
import { WEB_FORM_LANGUAGE_LABELS, WebFormLanguage } from '../../entities/distribution/web-form-language.enum.js';
import { LONGEST_THANKS } from '../../services/shared/limits/longest-texts.js';
import { connectionOf } from '../shared/connection.type.js';
import { CountsForText } from '../shared/counts-for.js';
import { describeEnum } from '../shared/describe-enum.js';
import { NodeType } from '../shared/node.type.js';
import { Instant } from '../shared/scalars.js';

describeEnum(WebFormLanguage, {
  name: 'WebFormLanguage',
  description: 'In which language a web form speaks to whoever fills it in.',
  values: { RU: 'Russian.', UK: 'Ukrainian.', EN: 'English.' },
  labels: WEB_FORM_LANGUAGE_LABELS,
});

@ObjectType('WebForm', {
  simpleResolvers: true,
  implements: NodeType,
  description: 'A form to be put on any site, whose entries become inquiries of a source.',
})
export class WebFormType implements NodeType {
  @Field(() => ID, { description: 'Global id.' })
  id!: string;

  @Field(() => String, { description: 'The words above it.' })
  title!: string;

  @Field(() => String, { description: 'What is shown to whoever sent it; may have several lines.' })
  @CountsForText(LONGEST_THANKS)
  thanks!: string;

  @Field(() => WebFormLanguage, { description: 'The language of its own words.' })
  language!: WebFormLanguage;

  @Field(() => [String], {
    description: 'Sites that may show it within a page of theirs, such as `https://example.com`; empty: any may.',
  })
  origins!: string[];

  @Field(() => Instant, {
    nullable: true,
    description: 'When it was removed: it is shown to nobody and takes nothing in since then.',
  })
  removedAt!: string | null;

  @Field(() => Instant, { description: 'When it was made.' })
  createdAt!: string;
}

export const WebFormConnection = connectionOf(() => WebFormType, 'WebForm', 'web forms');
