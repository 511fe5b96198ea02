import { Field, ObjectType } from 'type-graphql';
import { ErrorCode } from '../../services/shared/errors/error-code.js';
import { describeEnum } from './describe-enum.js';

describeEnum(ErrorCode, {
  name: 'ErrorCode',
  description: 'Why something was refused; stable, for programs to act on.',
  values: {
    UNAUTHENTICATED: 'Nobody is signed in, or the token does not hold.',
    FORBIDDEN: 'Whoever asks is not allowed to.',
    NOT_FOUND: 'There is no such object, or not for whoever asks.',
    BAD_USER_INPUT: 'The input is wrong; `path` says where.',
    CONFLICT: 'It contradicts what is already there.',
    STATE_NOT_ALLOWED: 'The object is not in a state that allows it.',
    LIMIT_EXCEEDED: 'It would go beyond a limit.',
    IDEMPOTENCY_MISMATCH: 'The idempotency key was used before, with another input.',
    RATE_LIMITED: 'Too many attempts; try again later.',
    INTERNAL: 'Something failed on our side; read again to see what holds.',
  },
});

@ObjectType('UserError', {
  simpleResolvers: true,
  description: 'An expected failure of a mutation, with the input field it concerns.',
})
export class UserErrorType {
  @Field(() => ErrorCode, { description: 'For programs to act on.' })
  code!: ErrorCode;

  @Field(() => String, { description: 'For a person to read.' })
  message!: string;

  @Field(() => [String], {
    description: 'From the arguments to the field at fault, list positions as digits; empty where it is the whole.',
  })
  path!: readonly string[];
}
