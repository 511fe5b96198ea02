import {
  type DocumentNode,
  GraphQLError,
  type GraphQLSchema,
  getVariableValues,
  Kind,
  type OperationDefinitionNode,
  OperationTypeNode,
  type SelectionSetNode,
} from 'graphql';
import type { SubscribePayload } from 'graphql-ws';
import { LiveOperation } from '../resolvers/shared/live/live-operation.js';
import type { LiveVariables } from '../resolvers/shared/live/message-maker.js';
import { ErrorCode } from '../services/shared/errors/error-code.js';
import { refuse, refuseInput } from '../services/shared/errors/refusal.js';
import { decodeFeedCursor, type FeedCursor } from '../services/shared/events/feed-cursor.js';
import { faultOf } from './documents/document-fault.js';
import type { OperationExtensions } from './documents/operation-extensions.js';
import { operationRequestOf } from './documents/operation-request.js';
import type { Operations } from './documents/operations.js';

/** A subscription that may run, with what its subscriber is told of its size; or why it must not. */
export type ReadSubscription =
  | {
      readonly operation: LiveOperation;
      readonly variables: LiveVariables;
      readonly after: FeedCursor | undefined;
      readonly extensions: OperationExtensions | undefined;
    }
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
  return readRequest(operations.schema, known.document, operation.node, asked.request.variables, extensions);
}

const NO_VARIABLES: LiveVariables = { given: {}, coerced: {} };
const live = new WeakMap<OperationDefinitionNode, LiveOperation>();

function liveOperationOf(schema: GraphQLSchema, document: DocumentNode, node: OperationDefinitionNode): LiveOperation {
  const operation = live.get(node) ?? new LiveOperation(schema, document, node);
  live.set(node, operation);
  return operation;
}

function readRequest(
  schema: GraphQLSchema,
  document: DocumentNode,
  node: OperationDefinitionNode,
  given: Readonly<Record<string, unknown>> | null | undefined,
  extensions: OperationExtensions | undefined,
): ReadSubscription {
  const operation = liveOperationOf(schema, document, node);
  const { coerced, errors } = getVariableValues(schema, node.variableDefinitions ?? [], given ?? {});
  if (!coerced) return { faults: errors! };
  try {
    const { after } = operation.argumentsWith(coerced) as { readonly after?: string | null };
    const cursor = after == null ? undefined : decodeFeedCursor(after);
    if (after != null && !cursor) {
      return { faults: [faultOf(refuseInput(['after'], 'This is no cursor of ours.'))] };
    }
    const variables = Object.keys(coerced).length === 0 ? NO_VARIABLES : { given: given ?? {}, coerced };
    return { operation, variables, after: cursor, extensions };
  } catch (error) {
    if (error instanceof GraphQLError) return { faults: [error] };
    throw error;
  }
}
