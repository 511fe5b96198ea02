import { z } from 'zod';
import { decodeId } from './global-id.js';

/** A global id of one kind in an input, read into its key. */
export function idInput(kind: string) {
  return z.string('must be an id').transform((id, issues) => {
    const decoded = decodeId(id);
    if (decoded?.kind === kind) return decoded.key;
    const message = decoded ? `This is the id of a ${decoded.kind}, not of a ${kind}.` : 'This is not an id.';
    issues.addIssue({ code: 'custom', message });
    return z.NEVER;
  });
}
