import { Field, ObjectType } from 'type-graphql';
import { Instant } from '../shared/scalars.js';

@ObjectType('Session', { simpleResolvers: true, description: 'What somebody who signed in goes on with.' })
export class SessionType {
  @Field(() => String, { description: 'For `Authorization: Bearer …`, for 15 minutes.' })
  accessToken!: string;

  @Field(() => Instant, { description: 'When the access token ends.' })
  expiresAt!: Date;

  @Field(() => String, {
    description: 'For `refreshSession`, which gives another in its place; used twice, it ends the session.',
  })
  refreshToken!: string;

  @Field(() => Instant, { description: 'Until when the refresh token can be used.' })
  refreshExpiresAt!: Date;
}
