import { Permission } from '../../src/entities/identity/permission.enum.js';
import { type Actor, anonymous, systemActor } from '../../src/services/shared/access/actor.js';
import { rightsOf } from '../../src/services/shared/access/rights.js';
import { Draw } from '../support/draw.js';

const PERMISSIONS = Object.values(Permission);

/** Somebody of any kind, with drawn permissions in any order. */
function drawActor(draw: Draw): Actor {
  const permissions = new Set(draw.some(draw.one([PERMISSIONS.slice(0, 2), PERMISSIONS]), draw.whole(0, 3)));
  const key = `somebody:${draw.whole(1, 1000)}`;
  const id = `${draw.whole(1, 1000)}`;
  switch (draw.one(['user', 'customer', 'partner', 'system', 'anonymous'] as const)) {
    case 'user': {
      const operatorId = draw.chance(0.5) ? id : null;
      const supervisedGroupIds = draw.chance(0.5) ? [id] : [];
      const session = { loginId: id, sessionId: id, userId: id, role: draw.one(['a', 'b']) };
      return { kind: 'user', key, permissions, operatorId, supervisedGroupIds, ...session };
    }
    case 'customer':
      return { kind: 'customer', key, permissions, loginId: id, sessionId: id, customerId: id };
    case 'partner':
      return { kind: 'partner', key, permissions, partnerKeyId: id, name: id, scopes: [id] };
    case 'system':
      return { ...systemActor(id), permissions };
    case 'anonymous':
      return { ...anonymous(id), permissions };
  }
}

/** What of somebody must make a difference, and nothing else. */
function told(actor: Actor): object {
  const operator = actor.kind === 'user' && actor.operatorId !== null;
  return [actor.kind, operator, PERMISSIONS.filter((one) => actor.permissions.has(one))];
}

describe('the key of rights', () => {
  it('is the same for the same kind, permissions and having a profile, and for no others', () => {
    const draw = new Draw(3);
    const keys = new Map<string, string>();
    let repeated = 0;
    for (let i = 0; i < 5_000; i += 1) {
      const actor = drawActor(draw);
      const expected = JSON.stringify(told(actor));
      const known = keys.get(expected);
      const { key } = rightsOf(actor);
      if (known === undefined) {
        expect([...keys.values()]).not.toContain(key);
        keys.set(expected, key);
      } else {
        repeated += 1;
        expect(key).toBe(known);
      }
    }
    expect(repeated).toBeGreaterThan(500);
  });

  it('holds with the rights that it stands for', () => {
    const draw = new Draw(4);
    for (let i = 0; i < 200; i += 1) {
      const actor = drawActor(draw);
      const { kind, permissions, hasOperator } = rightsOf(actor);
      expect({ kind, permissions }).toEqual({ kind: actor.kind, permissions: actor.permissions });
      expect(hasOperator).toBe(actor.kind === 'user' && actor.operatorId !== null);
    }
  });
});
