import type { GraphQLResolveInfo } from 'graphql';
import { Arg, Ctx, Info, Mutation, Resolver } from 'type-graphql';
import type { Context } from '../../context.js';
import {
  AcceptInvitationInput,
  ChangePasswordInput,
  RefreshSessionInput,
  RenewInvitationInput,
  SignInInput,
} from '../../schema/identity/session.inputs.js';
import {
  AcceptInvitationPayload,
  ChangePasswordPayload,
  RefreshSessionPayload,
  RenewInvitationPayload,
  SignInPayload,
  SignOutEverywherePayload,
  SignOutPayload,
} from '../../schema/identity/session.payloads.js';
import { acceptInvitation, checkInvitation } from '../../services/identity/accept-invitation.js';
import { changePassword, checkPasswordChange } from '../../services/identity/change-password.js';
import { renewInvitation } from '../../services/identity/open-invitation.js';
import type { OpenedSession } from '../../services/identity/open-session.js';
import { refreshSession } from '../../services/identity/refresh-session.js';
import { checkSignIn, signIn } from '../../services/identity/sign-in.js';
import { signOut, signOutEverywhere } from '../../services/identity/sign-out.js';
import { answerRefusal, mutate } from '../shared/mutate.js';
import { checkPasswordCost } from './check-password-cost.js';

/** The session as its payloads show it, with an access token made now. */
const presentSession = (context: Context) => async (opened: OpenedSession) => {
  const { authenticator, database } = context.house;
  const access = await authenticator.accessTokens.issue(opened.claims, database.clock.now());
  const { refreshToken, refreshExpiresAt } = opened;
  return { session: { accessToken: access.token, expiresAt: access.expiresAt, refreshToken, refreshExpiresAt } };
};

/** Lets the end of sessions hold at once. */
const presentEnded = (context: Context) => async (endedSessions: number) => {
  context.house.authenticator.forget();
  return { endedSessions };
};

@Resolver()
export class SessionResolver {
  @Mutation(() => SignInPayload, {
    description: 'Signs an employee or a customer in; too many wrong passwords make everybody wait.',
  })
  signIn(
    @Arg('input', () => SignInInput, { description: 'E-mail and password.' }) input: SignInInput,
    @Ctx() context: Context,
    @Info() info: GraphQLResolveInfo,
  ) {
    return answerRefusal(async () => {
      checkPasswordCost(context, info);
      const proof = await checkSignIn(context.database, input);
      return mutate(context, (work) => signIn(work, proof), presentSession(context));
    });
  }

  @Mutation(() => RefreshSessionPayload, {
    description: 'Goes on with a session: another access token and another refresh token.',
  })
  async refreshSession(
    @Arg('input', () => RefreshSessionInput, { description: 'The refresh token.' }) input: RefreshSessionInput,
    @Ctx() context: Context,
  ) {
    const payload = await mutate(context, (work) => refreshSession(work, input), presentSession(context));
    if (!payload.session) context.house.authenticator.forget();
    return payload;
  }

  @Mutation(() => AcceptInvitationPayload, { description: 'Sets the first password of an invited user and signs in.' })
  acceptInvitation(
    @Arg('input', () => AcceptInvitationInput, { description: 'Token and password.' }) input: AcceptInvitationInput,
    @Ctx() context: Context,
    @Info() info: GraphQLResolveInfo,
  ) {
    return answerRefusal(async () => {
      checkPasswordCost(context, info);
      const checked = await checkInvitation(input);
      return mutate(context, (work) => acceptInvitation(work, checked), presentSession(context));
    });
  }

  @Mutation(() => SignOutPayload, { description: 'Ends this session.' })
  signOut(@Ctx() context: Context) {
    return mutate(context, signOut, presentEnded(context));
  }

  @Mutation(() => SignOutEverywherePayload, { description: 'Ends every session of whoever asks.' })
  signOutEverywhere(@Ctx() context: Context) {
    return mutate(context, signOutEverywhere, presentEnded(context));
  }

  @Mutation(() => ChangePasswordPayload, { description: 'Changes one’s own password and ends one’s other sessions.' })
  changePassword(
    @Arg('input', () => ChangePasswordInput, { description: 'The old and the new one.' }) input: ChangePasswordInput,
    @Ctx() context: Context,
    @Info() info: GraphQLResolveInfo,
  ) {
    return answerRefusal(async () => {
      checkPasswordCost(context, info);
      const checked = await checkPasswordChange(context.database, context.actor, input);
      return mutate(context, (work) => changePassword(work, checked), presentEnded(context));
    });
  }

  @Mutation(() => RenewInvitationPayload, {
    description: 'Invites a user without a password anew; earlier invitations of theirs hold no more.',
  })
  renewInvitation(
    @Arg('input', () => RenewInvitationInput, { description: 'Who.' }) input: RenewInvitationInput,
    @Ctx() context: Context,
  ) {
    return mutate(
      context,
      (work) => renewInvitation(work, input),
      async (invitation) => ({ invitation }),
    );
  }
}
