import { Field, ID, InputType } from 'type-graphql';
import type { AcceptInvitation } from '../../services/identity/accept-invitation.js';
import type { ChangePassword } from '../../services/identity/change-password.js';
import type { RenewInvitation } from '../../services/identity/open-invitation.js';
import type { RefreshSession } from '../../services/identity/refresh-session.js';
import type { SignIn } from '../../services/identity/sign-in.js';

@InputType({ description: 'What somebody signs in with.' })
export class SignInInput implements SignIn {
  @Field(() => String, { description: 'Whatever its case.' })
  email!: string;

  @Field(() => String, { description: 'The password.' })
  password!: string;
}

@InputType({ description: 'What a session is gone on with.' })
export class RefreshSessionInput implements RefreshSession {
  @Field(() => String, { description: 'The latest refresh token of the session.' })
  refreshToken!: string;
}

@InputType({ description: 'A password to be changed.' })
export class ChangePasswordInput implements ChangePassword {
  @Field(() => String, { description: 'The password that holds.' })
  currentPassword!: string;

  @Field(() => String, { description: 'The one that takes its place, 8 to 200 characters.' })
  newPassword!: string;
}

@InputType({ description: 'An invitation to be accepted.' })
export class AcceptInvitationInput implements AcceptInvitation {
  @Field(() => String, { description: 'The one-time token of the invitation.' })
  token!: string;

  @Field(() => String, { description: 'The password to sign in with from now on, 8 to 200 characters.' })
  password!: string;
}

@InputType({ description: 'Who is to be invited anew.' })
export class RenewInvitationInput implements RenewInvitation {
  @Field(() => ID, { description: 'A user who has no password yet.' })
  userId!: string;
}
