import { Field, ID, Int, ObjectType } from 'type-graphql';
import { connectionOf } from '../shared/connection.type.js';
import { describeEnum } from '../shared/describe-enum.js';
import { NodeType } from '../shared/node.type.js';
import { Instant } from '../shared/scalars.js';
import { ChangeKind } from './change-kind.descriptions.js';

export enum ChangeActorKind {
  USER = 'USER',
  CUSTOMER = 'CUSTOMER',
  PARTNER = 'PARTNER',
  SOURCE = 'SOURCE',
  SYSTEM = 'SYSTEM',
  ANONYMOUS = 'ANONYMOUS',
}

describeEnum(ChangeActorKind, {
  name: 'ChangeActorKind',
  description: 'What kind of login something was changed with.',
  values: {
    USER: 'An employee.',
    CUSTOMER: 'A customer.',
    PARTNER: 'A partner’s system with its key.',
    SOURCE: 'What inquiries come in through without a sign-in: the HTTP intake of a source, or a web form.',
    SYSTEM: 'The product itself: a load from the command line, a worker.',
    ANONYMOUS: 'Somebody who had not signed in.',
  },
  labels: {
    USER: { ru: 'Сотрудник', uk: 'Співробітник' },
    CUSTOMER: { ru: 'Клиент', uk: 'Клієнт' },
    PARTNER: { ru: 'Партнёр', uk: 'Партнер' },
    SOURCE: { ru: 'Источник', uk: 'Джерело' },
    SYSTEM: { ru: 'Система', uk: 'Система' },
    ANONYMOUS: { ru: 'Без входа', uk: 'Без входу' },
  },
});

@ObjectType('ChangeActor', { simpleResolvers: true, description: 'Who changed something.' })
export class ChangeActorType {
  @Field(() => ChangeActorKind, { description: 'With what kind of login.' })
  kind!: ChangeActorKind;
}

@ObjectType('ChangeClient', {
  simpleResolvers: true,
  description: 'From which client something was changed; all but the address is what the client says of itself.',
})
export class ChangeClientType {
  @Field(() => String, { description: 'The network address.' })
  address!: string;

  @Field(() => String, { nullable: true, description: 'The user agent: a browser, a program.' })
  agent!: string | null;

  @Field(() => String, { nullable: true, description: 'What it calls itself (`apollographql-client-name`).' })
  name!: string | null;

  @Field(() => String, { nullable: true, description: 'Its version (`apollographql-client-version`).' })
  version!: string | null;
}

@ObjectType('FieldChange', { simpleResolvers: true, description: 'A field of an object before and after a change.' })
export class FieldChangeType {
  @Field(() => String, { description: 'The field’s name.' })
  field!: string;

  @Field(() => String, {
    nullable: true,
    description: 'What it was, as text, ids as they stand in this graph; null for nothing.',
  })
  before!: string | null;

  @Field(() => String, { nullable: true, description: 'What it became; null for nothing.' })
  after!: string | null;
}

@ObjectType('ChangeRecord', {
  simpleResolvers: true,
  implements: NodeType,
  description: 'That somebody changed something; kept for good.',
})
export class ChangeRecordType implements NodeType {
  @Field(() => ID, { description: 'Global id.' })
  id!: string;

  @Field(() => ChangeKind, { description: 'What was done.' })
  kind!: ChangeKind;

  @Field(() => String, { description: 'The type of what was changed, such as `Customer`.' })
  subjectKind!: string;

  @Field(() => Instant, {
    description: 'When it was done. Changes of one object never stand in another order than they were made.',
  })
  recordedAt!: string;

  @Field(() => Instant, {
    nullable: true,
    description: 'When its contents were erased, for the sake of a person’s data; null as long as they stand.',
  })
  erasedAt!: string | null;

  @Field(() => Int, {
    nullable: true,
    description: 'The subject’s version that this change made; null where it has none.',
  })
  subjectVersion!: number | null;
}

export const ChangeRecordConnection = connectionOf(() => ChangeRecordType, 'ChangeRecord', 'changes');
