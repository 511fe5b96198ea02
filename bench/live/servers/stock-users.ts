import type { Audience } from '../live-message.ts';
import { COMMON_GROUP } from './peer-events.ts';

/** Who is at the other end of a stock socket, and what they may. */
export interface StockUser {
  /** Their socket's number. */
  readonly place: number;
  /** Whether they follow all calls, or those of their groups. */
  readonly followsAll: boolean;
  readonly groupIds: readonly string[];
  /** Whether they see all calls, or their own. */
  readonly readsAll: boolean;
}

/** The token of the user of a socket. */
export const stockToken = (place: number): string => `user-${place}`;

/** Everybody by their token. */
export function stockUsers(audience: Audience, sockets: number): Map<string, StockUser> {
  const users = Array.from({ length: sockets }, (_, place): StockUser => {
    const groupIds = audience === 'users' ? [`own-${place}`, COMMON_GROUP] : [];
    return { place, followsAll: audience !== 'users', groupIds, readsAll: audience !== 'scoped' };
  });
  return new Map(users.map((user) => [stockToken(user.place), user]));
}
