import { sql } from 'kysely';
import { Parameter } from '../../../services/shared/database/parameter.js';
import { NotPlannable, type Place } from '../../../services/shared/read/plan/place.js';
import type { PlanScope } from '../../../services/shared/read/plan/read.js';
import type { LiveRow } from './live-row.js';

/** What a planned message is made for. */
export interface LiveScope extends PlanScope {
  readonly event: LiveRow;
}

/** What every message's row has beside the event's own data. */
const OF_EVERY_ROW = { cursor: 'text', gapReason: 'text', gapMessage: 'text' } as const;

/** Where the values of an event stand in a statement: they come with it. */
export function eventPlace(columns: Readonly<Record<string, string>>): Place {
  const types: Readonly<Record<string, string | undefined>> = { ...columns, ...OF_EVERY_ROW };
  const typeName = (property: string) => {
    const type = types[property];
    if (type === undefined) throw new NotPlannable(`${property} is no column of the event`);
    return type;
  };
  return {
    column: (property) => {
      const value = new Parameter<LiveScope>(({ event }) => event[property] ?? null);
      return sql`${value}::${sql.raw(typeName(property))}`;
    },
    typeName,
    nullable: () => true,
    occurrence: 'once',
  };
}
