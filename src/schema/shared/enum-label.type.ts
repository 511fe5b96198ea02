import { Field, ObjectType } from 'type-graphql';

@ObjectType('EnumLabel', {
  simpleResolvers: true,
  description: 'What users call a value of an enum in their own language.',
})
export class EnumLabelType {
  @Field(() => String, { description: 'The value.' })
  value!: string;

  @Field(() => String, { description: 'In Russian.' })
  ru!: string;

  @Field(() => String, { description: 'In Ukrainian.' })
  uk!: string;
}
