import { Permission } from '../../../entities/identity/permission.enum.js';
import { PUBLIC_EVENT_KINDS } from '../../event-kinds.js';
import { permissionsOfScopes } from '../../identity/partner-scopes.js';
import { systemActor } from '../../shared/access/actor.js';
import { type Rights, rightsOf } from '../../shared/access/rights.js';

/** The key of the partner whose endpoint it is, as it is now; null for an endpoint of the organisation's own. */
export type Owner = {
  readonly partnerKeyId: string;
  readonly scopes: readonly string[];
  readonly revoked: boolean;
} | null;

/** An event of the product itself about the sending: every endpoint gets it. */
export const GAP_KIND = 'webhook.gap';

const HOUSE = systemActor('webhooks');

/** What an endpoint's owner may do now: a key that was revoked, or that has lost its scope for webhooks, nothing. */
export function rightsOfOwner(owner: Owner): Rights {
  if (!owner) return rightsOf(HOUSE);
  const { partnerKeyId, scopes, revoked } = owner;
  const granted = permissionsOfScopes(revoked ? [] : scopes);
  const permissions: ReadonlySet<Permission> = granted.has(Permission.WEBHOOKS_MANAGE) ? granted : new Set();
  return rightsOf({ kind: 'partner', key: `partner:${partnerKeyId}`, partnerKeyId, name: '', scopes, permissions });
}

/** Whether events of a kind may go to who has these rights. */
export function mayReceive(rights: Rights, kind: string): boolean {
  if (kind === GAP_KIND) return rights.permissions.has(Permission.WEBHOOKS_MANAGE);
  const declared = PUBLIC_EVENT_KINDS.get(kind);
  return declared !== undefined && rights.permissions.has(declared.needs);
}
