/** Why the server closes a socket, beside the codes of graphql-transport-ws: what a client may act on. */
export const SOCKET_CLOSE = {
  /** The token does not hold, or holds no more: sign in or refresh, then connect again. */
  UNAUTHORIZED: { code: 4401, reason: 'Unauthorized' },
  /** The client does not read what is sent: connect again, and read the present state first. */
  TOO_SLOW: { code: 4429, reason: 'Too slow' },
  /** Something failed on our side: connect again, in a moment. */
  FAILED: { code: 1011, reason: 'Something failed on our side' },
  /** The server goes away: connect again, in a moment. */
  GOING_AWAY: { code: 1001, reason: 'Going away' },
} as const;
