import { hash } from 'node:crypto';

/** What the id of a document begins with that is its hash, in GraphQL over HTTP. */
const PREFIX = 'sha256:';

/** The hash of a document's text as automatic persisted queries know it: SHA-256, in small hexadecimal digits. */
export const hashOf = (source: string): string => hash('sha256', source);

/** The hash that an id is, without its prefix; any other id as it is. */
export const withoutPrefix = (id: string): string => (id.startsWith(PREFIX) ? id.slice(PREFIX.length) : id);
