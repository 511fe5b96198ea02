import type { Work } from '../shared/database/work.js';
import { ErrorCode } from '../shared/errors/error-code.js';
import { refuse, refuseInput } from '../shared/errors/refusal.js';
import { decodeId } from '../shared/ids/global-id.js';
import { clientsAfter, contentsAfter, type Found, isKnown, START } from './erasable-records.js';
import { eraseRecords } from './erase-records.js';
import { historyErased } from './history.events.js';

/** Whose history is to be emptied. */
export interface EraseHistory {
  /** The global id of any object that has one. */
  readonly subjectId: string;
}

/** Runs work as a transaction of its own. */
export type Transact = <Result>(run: (work: Work) => Promise<Result>) => Promise<Result>;

/** Records that one transaction empties: while it writes, nobody reads beyond it in the event log. */
const BATCH = 1000;

/**
 * Erases what stands in the history of an object, of a customer also in those of what is theirs, of a lead in those of the
 * leads merged into it, of their inquiries and possible duplicates; and from where an object that acts did anything, whatever
 * it did, and a lead's inquiries came through forms and over HTTP. What objects are now stays with them. Who did what kind of thing and when stays, and so does that it was erased.
 *
 * Many records are emptied in several transactions, each of which leaves its own record of that; what they did stays done
 * where a later one fails. Again, it erases what is left, and what has come since.
 *
 * @returns how many records were emptied
 * @throws Refusal with BAD_USER_INPUT for no id, NOT_FOUND for what has no history
 */
export async function eraseHistory(transact: Transact, input: EraseHistory): Promise<number> {
  const path = ['input', 'subjectId'];
  const subject = decodeId(input.subjectId);
  if (!subject) throw refuseInput(path, 'This is not an id.');
  const known = await transact((work) => isKnown(work, subject));
  if (!known) throw refuse(ErrorCode.NOT_FOUND, 'Nothing with this id has a history.', path);
  let [contents, clients] = [START, START];
  for (let erased = 0; ; ) {
    const step = await transact(async (work) => {
      // Found before anything is written: what only reads holds nobody up.
      const found: Found = { contents: await contentsAfter(work, subject, contents, BATCH), clients: [] };
      const room = BATCH - found.contents.length;
      const all: Found = room > 0 ? { ...found, clients: await clientsAfter(work, subject, clients, room) } : found;
      const records = await eraseRecords(work, all);
      if (records > 0) await work.record([historyErased({ kind: subject.kind, id: subject.key }, records)]);
      return { ...all, records };
    });
    erased += step.records;
    if (step.contents.length + step.clients.length < BATCH) return erased;
    contents = step.contents.at(-1) ?? contents;
    clients = step.clients.at(-1) ?? clients;
  }
}
