import { sql } from 'kysely';
import { z } from 'zod';
import { Presence } from '../../entities/identity/presence.enum.js';
import type { Work } from '../shared/database/work.js';
import { ErrorCode } from '../shared/errors/error-code.js';
import { parseInput } from '../shared/errors/parse-input.js';
import { refuse } from '../shared/errors/refusal.js';
import { userPresenceChanged } from './identity.events.js';

/** Whether whoever asks can be reached. */
export interface SetPresence {
  readonly presence: Presence;
}

const schema = z.object({ presence: z.enum(Presence, 'must be a presence') });

/**
 * Says whether an employee can be reached: what sources that ask for presence give them depends on it. What they have
 * open stays theirs, whatever they say. What follows from signing in and out, `follow-sessions.ts` says; what would follow
 * from their sockets and idle time is not derived yet.
 *
 * @returns the user's key
 * @throws Refusal with BAD_USER_INPUT, or FORBIDDEN for who is no employee
 */
export async function setPresence(work: Work, input: SetPresence): Promise<string> {
  const { actor } = work;
  if (actor.kind !== 'user') throw refuse(ErrorCode.FORBIDDEN, 'Only an employee has a presence.');
  const { presence } = parseInput(schema, input);
  const { userId: id, operatorId } = actor;
  const [row] = await work.rows(sql<{ version: number; group_id: string | null; before: Presence }>`
    update app_user set presence = ${presence}, version = version + 1 where id = ${id} and presence <> ${presence}
    returning version, group_id, old.presence as before`);
  if (row) {
    const { version, group_id: groupId, before } = row;
    await work.record([userPresenceChanged({ id, version, operatorId, groupId }, before, presence)]);
  }
  return id;
}
