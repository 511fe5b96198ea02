import { type GraphQLResolveInfo, Kind, type SelectionSetNode } from 'graphql';
import type { Context } from '../../context.js';
import { ErrorCode } from '../../services/shared/errors/error-code.js';
import { refuse } from '../../services/shared/errors/refusal.js';

/** The operations that work on a password, which takes long on purpose. */
const COSTLY: ReadonlySet<string> = new Set(['signIn', 'changePassword', 'acceptInvitation']);
/** Passwords that one operation may have worked on. */
const MOST_AT_ONCE = 3;

/**
 * Lets a password be worked on: an operation that asks for too many gets none, and an address has a budget.
 *
 * @throws Refusal with LIMIT_EXCEEDED for the operation as a whole, with RATE_LIMITED for the address
 */
export function checkPasswordCost({ house, client }: Context, info: GraphQLResolveInfo): void {
  const asked = costlyFields(info);
  if (asked > MOST_AT_ONCE) {
    const message = `The operation works on ${asked} passwords; at most ${MOST_AT_ONCE} are allowed.`;
    throw refuse(ErrorCode.LIMIT_EXCEEDED, message);
  }
  house.passwordBudget.spend(client.address ?? '');
}

/** How many times the operation asks for a costly field; as when it runs, an alias is one, and so is a fragment. */
function costlyFields({ operation, fragments }: GraphQLResolveInfo): number {
  const answers = new Set<string>();
  const seen = new Set<string>();
  const walk = (set: SelectionSetNode): void => {
    for (const selection of set.selections) {
      if (selection.kind === Kind.FIELD) {
        if (COSTLY.has(selection.name.value)) answers.add((selection.alias ?? selection.name).value);
      } else if (selection.kind === Kind.INLINE_FRAGMENT) walk(selection.selectionSet);
      else if (!seen.has(selection.name.value)) {
        seen.add(selection.name.value);
        walk(fragments[selection.name.value]!.selectionSet);
      }
    }
  };
  walk(operation.selectionSet);
  return answers.size;
}
