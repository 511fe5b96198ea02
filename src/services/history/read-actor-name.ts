import { customers } from '../customers/customer.queries.js';
import { sources } from '../distribution/source.queries.js';
import { webForms } from '../distribution/web-form.queries.js';
import { partnerKeys } from '../identity/partner-key.queries.js';
import { users } from '../identity/user.queries.js';
import type { Reader } from '../shared/read/reader.js';

/** Who did something, as a change has it. */
export interface ChangeActor {
  /** The key of an actor: `user:12`, `system:import`, `source:3`, `web-form:7`. */
  readonly key: string;
  /** Their key where they are one of these. */
  readonly user: string | null;
  readonly customer: string | null;
  readonly partnerKey: string | null;
}

/** What to call who did something; null where whoever asks does not see them. */
export async function readActorName(actor: ChangeActor, reader: Reader): Promise<string | null> {
  if (actor.user !== null) {
    const user = await reader.byId(users, actor.user);
    return user && [user.lastName, user.firstName, user.patronymic].filter(Boolean).join(' ');
  }
  if (actor.customer !== null) return (await reader.byId(customers, actor.customer))?.name ?? null;
  if (actor.partnerKey !== null) return (await reader.byId(partnerKeys, actor.partnerKey))?.name ?? null;
  const [kind, id = ''] = actor.key.split(':');
  if (kind === 'source') return (await reader.byId(sources, id))?.name ?? null;
  if (kind === 'web-form') return (await reader.byId(webForms, id))?.title ?? null;
  return actor.key.replace(/^system:/, '');
}
