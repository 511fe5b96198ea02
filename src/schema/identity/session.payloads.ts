import { Field, Int, ObjectType } from 'type-graphql';
import { Instant } from '../shared/scalars.js';
import { UserErrorType } from '../shared/user-error.type.js';
import { SessionType } from './session.type.js';

const ERRORS = { description: 'Why it was refused; empty when it was not.' };
const SESSION = { nullable: true, description: 'The session; null when it was refused.' };

@ObjectType({ description: 'What signing in gave.' })
export class SignInPayload {
  @Field(() => SessionType, SESSION)
  session!: SessionType | null;

  @Field(() => [UserErrorType], ERRORS)
  errors!: UserErrorType[];
}

@ObjectType({ description: 'What going on with a session gave.' })
export class RefreshSessionPayload {
  @Field(() => SessionType, SESSION)
  session!: SessionType | null;

  @Field(() => [UserErrorType], ERRORS)
  errors!: UserErrorType[];
}

@ObjectType({ description: 'What accepting an invitation gave.' })
export class AcceptInvitationPayload {
  @Field(() => SessionType, SESSION)
  session!: SessionType | null;

  @Field(() => [UserErrorType], ERRORS)
  errors!: UserErrorType[];
}

@ObjectType({ description: 'What signing out gave.' })
export class SignOutPayload {
  @Field(() => Int, { nullable: true, description: 'How many sessions ended; null when it was refused.' })
  endedSessions!: number | null;

  @Field(() => [UserErrorType], ERRORS)
  errors!: UserErrorType[];
}

@ObjectType({ description: 'What signing out everywhere gave.' })
export class SignOutEverywherePayload {
  @Field(() => Int, {
    nullable: true,
    description: 'How many sessions ended, this one among them; null when it was refused.',
  })
  endedSessions!: number | null;

  @Field(() => [UserErrorType], ERRORS)
  errors!: UserErrorType[];
}

@ObjectType({ description: 'What changing the password gave.' })
export class ChangePasswordPayload {
  @Field(() => Int, {
    nullable: true,
    description: 'How many other sessions ended, of whoever else was signed in; null when it was refused.',
  })
  endedSessions!: number | null;

  @Field(() => [UserErrorType], ERRORS)
  errors!: UserErrorType[];
}

@ObjectType('Invitation', { simpleResolvers: true, description: 'A one-time way to set the first password.' })
export class InvitationType {
  @Field(() => String, { description: 'What the invited person accepts it with; shown here and never again.' })
  token!: string;

  @Field(() => Instant, { description: 'Until when it can be accepted.' })
  expiresAt!: Date;
}

@ObjectType({ description: 'What inviting a user anew gave.' })
export class RenewInvitationPayload {
  @Field(() => InvitationType, { nullable: true, description: 'The invitation; null when it was refused.' })
  invitation!: InvitationType | null;

  @Field(() => [UserErrorType], ERRORS)
  errors!: UserErrorType[];
}
