import { sql } from 'kysely';
import { Parameter } from '../../database/parameter.js';
import { type Json, json } from '../plan/json.js';
import { quoted } from '../plan/leaf.js';
import type { Plain, Read } from '../plan/read.js';
import type { Reader } from '../reader.js';

const PLACE = new Parameter(({ feedCursor }) => feedCursor);

class FeedPlace implements Read {
  run(_row: Plain | undefined, { scope }: Reader) {
    return scope.feedCursor;
  }

  // A cursor is of letters, digits, `-` and `_` alone.
  plan(): Json {
    return json(quoted(sql`${PLACE}::text`));
  }
}

/** The place in the event log before the operation read anything. */
export function feedPlace(): Read {
  return new FeedPlace();
}
