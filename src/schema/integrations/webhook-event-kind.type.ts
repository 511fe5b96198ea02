import { Field, ObjectType } from 'type-graphql';

@ObjectType('WebhookEventProperty', {
  simpleResolvers: true,
  description: 'A property of `data` in a message about an event.',
})
export class WebhookEventPropertyType {
  @Field(() => String, { description: 'Its name.' })
  name!: string;

  @Field(() => String, { description: 'What stands in it.' })
  description!: string;

  @Field(() => String, {
    nullable: true,
    description:
      'Where it holds global ids: the type of their objects; null for other values. In messages to an owner who may not read that type the property is null.',
  })
  idOf!: string | null;
}

@ObjectType('WebhookEventKind', {
  simpleResolvers: true,
  description: 'A kind of event that can be sent to webhook endpoints.',
})
export class WebhookEventKindType {
  @Field(() => String, { description: 'Its name, such as `call.recorded`.' })
  kind!: string;

  @Field(() => String, { description: 'What happened, in English.' })
  description!: string;

  @Field(() => String, { description: 'In Russian.' })
  ru!: string;

  @Field(() => String, { description: 'In Ukrainian.' })
  uk!: string;

  @Field(() => String, { description: 'The type of what it is about, such as `Call`.' })
  subjectKind!: string;

  @Field(() => [WebhookEventPropertyType], { description: 'What stands in its `data`.' })
  data!: WebhookEventPropertyType[];

  @Field(() => Boolean, { description: 'Whether you may have it sent to an endpoint of your own.' })
  allowed!: boolean;
}
