import type { ImportState } from '../../entities/integrations/import-state.enum.js';
import type { FeedEvent, NewEvent } from '../shared/events/event.js';

/** The kind of the event that an import was asked for, went on, or ended. */
const IMPORT_PROGRESSED = 'import.progressed';

/** How far an import is. */
export interface ImportProgressed {
  readonly importJobId: string;
  readonly state: ImportState;
  /** Null before they were counted. */
  readonly totalRows: number | null;
  readonly doneRows: number;
}

const STEP_OF_STATE: Readonly<Record<ImportState, number>> = { QUEUED: 0, RUNNING: 1, DONE: 2, FAILED: 2 };

/** The event of an import's step; its version grows with the rows done and with the state. */
export function importProgressed(progress: ImportProgressed): NewEvent {
  const version = 1 + progress.doneRows + STEP_OF_STATE[progress.state];
  return {
    kind: IMPORT_PROGRESSED,
    subject: { kind: 'ImportJob', id: progress.importJobId, version },
    data: { ...progress },
  };
}

/** What an import's event says, or undefined for an event of another kind. */
export function importProgressOf(event: FeedEvent): ImportProgressed | undefined {
  return event.kind === IMPORT_PROGRESSED ? (event.data as unknown as ImportProgressed) : undefined;
}
