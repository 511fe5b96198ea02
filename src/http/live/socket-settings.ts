/** What one socket may do. */
export interface SocketSettings {
  /** Subscriptions of one socket. */
  readonly subscriptions: number;
  /** How long a client may take to say who it is, in seconds. */
  readonly initSeconds: number;
  /** How often a client is asked whether it is there, in seconds. */
  readonly pingSeconds: number;
  /** How long a socket may stay open without a subscription, in seconds. */
  readonly idleSeconds: number;
  /** The largest message that a client may send, in bytes. */
  readonly messageBytes: number;
  /** Over how long sockets are told to go away when the process ends, in seconds. */
  readonly farewellSeconds: number;
}
