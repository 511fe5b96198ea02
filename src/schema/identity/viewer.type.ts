import { Field, ObjectType } from 'type-graphql';
import { describeEnum } from '../shared/describe-enum.js';

export enum ViewerKind {
  USER = 'USER',
  CUSTOMER = 'CUSTOMER',
  PARTNER = 'PARTNER',
}

describeEnum(ViewerKind, {
  name: 'ViewerKind',
  description: 'What kind of login somebody uses the graph with.',
  values: {
    USER: 'An employee.',
    CUSTOMER: 'A customer.',
    PARTNER: 'A partner’s system with its key.',
  },
  labels: {
    USER: { ru: 'Сотрудник', uk: 'Співробітник' },
    CUSTOMER: { ru: 'Клиент', uk: 'Клієнт' },
    PARTNER: { ru: 'Партнёр', uk: 'Партнер' },
  },
});

@ObjectType('Viewer', { simpleResolvers: true, description: 'Whoever asks.' })
export class ViewerType {
  @Field(() => ViewerKind, { description: 'What kind of login it is.' })
  kind!: ViewerKind;

  @Field(() => String, { nullable: true, description: 'The name of an employee’s role; null for anybody else.' })
  role!: string | null;

  @Field(() => [String], { description: 'What whoever asks may do, such as `customers.read`, in order.' })
  permissions!: string[];
}
