/**
 * Why the server closes a socket, beside the codes of graphql-transport-ws: what a client may act on.
 *
 * Stock graphql-ws clients connect again by themselves after all of these but 4401.
 */
export const SOCKET_CLOSE = {
  /** The token does not hold, or holds no more: sign in or refresh, then connect again. */
  UNAUTHORIZED: { code: 4401, reason: 'Unauthorized' },
  /** A socket's new token is of somebody else: connect anew for them. */
  OTHER_ACTOR: { code: 4403, reason: 'The token is of somebody else' },
  /** The client does not read what is sent: connect again, and go on behind the last message. */
  TOO_SLOW: { code: 4430, reason: 'Too slow' },
  /** The socket had no subscription for long: connect again when there is one. */
  IDLE: { code: 4440, reason: 'Idle' },
  /** Something failed on our side: connect again, in a moment, and go on behind the last message. */
  FAILED: { code: 1013, reason: 'Something failed on our side' },
  /** The server goes away: connect again, and go on behind the last message. */
  GOING_AWAY: { code: 1001, reason: 'Going away' },
} as const;
