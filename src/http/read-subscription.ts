import { type DocumentNode, type GraphQLError, Kind, OperationTypeNode, type SelectionSetNode } from 'graphql';
import type { SubscribePayload } from 'graphql-ws';
import { ErrorCode } from '../services/shared/errors/error-code.js';
import { refuse } from '../services/shared/errors/refusal.js';
import { faultOf } from './documents/document-fault.js';
import type { OperationExtensions } from './documents/operation-extensions.js';
import { operationRequestOf } from './documents/operation-request.js';
import type { Operations } from './documents/operations.js';

/** A subscription that may run, with what its subscriber is told of its size; or why it must not. */
export type ReadSubscription =
  | { readonly document: DocumentNode; readonly extensions: OperationExtensions | undefined }
  | { readonly faults: readonly GraphQLError[] };

const refused = (message: string) => ({ faults: [faultOf(refuse(ErrorCode.BAD_USER_INPUT, message))] });

/** Whether a root field may be left out by `@skip` or `@include`: a subscription is of exactly one. */
function isConditional(set: SelectionSetNode, document: DocumentNode, seen = new Set<string>()): boolean {
  return set.selections.some((selection) => {
    if (selection.directives?.some(({ name }) => name.value === 'skip' || name.value === 'include')) return true;
    if (selection.kind === Kind.INLINE_FRAGMENT) return isConditional(selection.selectionSet, document, seen);
    const name = selection.name.value;
    if (selection.kind === Kind.FIELD || seen.has(name)) return false;
    seen.add(name);
    const fragment = document.definitions.find(
      (one) => one.kind === Kind.FRAGMENT_DEFINITION && one.name.value === name,
    );
    return fragment?.kind === Kind.FRAGMENT_DEFINITION && isConditional(fragment.selectionSet, document, seen);
  });
}

/** Reads a subscription and holds it against the rules that HTTP has. */
export function readSubscription(operations: Operations, payload: SubscribePayload): ReadSubscription {
  const asked = operations.ask(operationRequestOf(payload));
  if (!asked) return refused('The message names no document.');
  const { faults, known, operation, extensions } = asked;
  if (faults.length > 0) return { faults };
  if (!known || !operation) return refused('The document has no such operation.');
  if (operation.node.operation !== OperationTypeNode.SUBSCRIPTION) {
    return refused('The WebSocket serves subscriptions only; send queries and mutations over HTTP.');
  }
  if (isConditional(operation.node.selectionSet, known.document)) {
    return refused('A subscription’s field cannot depend on a condition.');
  }
  return { document: known.document, extensions };
}
