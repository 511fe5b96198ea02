/** What a client asks for, over HTTP or the WebSocket, before anything of it is read. */
export interface OperationRequest {
  /** The document's text. */
  readonly query: string | undefined;
  /** What stands for the document: its id, or its hash as automatic persisted queries send it. */
  readonly id: string | undefined;
  readonly persisted: PersistedQuery | undefined;
  readonly operationName: string | undefined;
  readonly variables: Readonly<Record<string, unknown>> | undefined;
}

/** What `extensions.persistedQuery` holds; `sha256Hash` is undefined where it is not as the protocol's version 1 has it. */
export interface PersistedQuery {
  readonly sha256Hash: string | undefined;
}

/** Names under which clients send the id of a document: that of GraphQL over HTTP, and Relay’s usual two. */
const ID_NAMES = ['documentId', 'doc_id', 'id'] as const;

type Fields = Readonly<Record<string, unknown>>;

const isRecord = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const textOf = (value: unknown) => (typeof value === 'string' && value !== '' ? value : undefined);

function persistedQueryOf(extensions: unknown): PersistedQuery | undefined {
  const given = isRecord(extensions) ? extensions.persistedQuery : undefined;
  if (given === undefined || given === null) return undefined;
  const sound = isRecord(given) && given.version === 1;
  return { sha256Hash: sound ? textOf(given.sha256Hash) : undefined };
}

/** Reads the body of a POST, or the payload of a subscription; undefined for what is none. */
export function operationRequestOf(body: unknown): OperationRequest | undefined {
  if (!isRecord(body)) return undefined;
  let id: string | undefined;
  for (const name of ID_NAMES) id ??= textOf(body[name]);
  return {
    query: textOf(body.query),
    id,
    persisted: persistedQueryOf(body.extensions),
    operationName: typeof body.operationName === 'string' ? body.operationName : undefined,
    variables: isRecord(body.variables) ? body.variables : undefined,
  };
}

/** Reads the address of a GET; undefined where one of its parameters cannot be read. */
export function operationRequestOfUrl(url: string): OperationRequest | undefined {
  const start = url.indexOf('?');
  const parameters = new URLSearchParams(start < 0 ? '' : url.slice(start));
  const fields: Record<string, unknown> = {};
  for (const name of [...ID_NAMES, 'query', 'operationName']) fields[name] = parameters.get(name) ?? undefined;
  for (const name of ['variables', 'extensions']) {
    const text = parameters.get(name);
    if (text === null) continue;
    try {
      fields[name] = JSON.parse(text);
    } catch {
      return undefined;
    }
  }
  return operationRequestOf(fields);
}
