import { z } from 'zod';
import { decodeId, wrongKind } from './global-id.js';

/** A global id of one kind in an input, read into its key. */
export function idInput(kind: string) {
  return z.string('must be an id').transform((id, issues) => {
    const decoded = decodeId(id);
    if (decoded?.kind === kind) return decoded.key;
    const message = decoded ? wrongKind(decoded.kind, kind) : 'This is not an id.';
    issues.addIssue({ code: 'custom', message });
    return z.NEVER;
  });
}
