import { type RawBuilder, sql } from 'kysely';
import type { Rights } from '../../access/rights.js';
import { Parameter } from '../../database/parameter.js';
import type { Settings } from '../../settings/settings.js';
import type { Table, Tables } from '../table.js';
import { type Json, objectOf, typeName } from './json.js';
import { leafOf } from './leaf.js';
import { NotPlannable, type Place } from './place.js';
import type { Asked, Planning, PlanScope, Read, Selection } from './read.js';

/** Makes the expressions of one statement that answers for whoever has certain rights. */
export class Planner implements Planning {
  #aliases = 0;

  constructor(
    readonly rights: Rights,
    readonly settings: Settings,
    private readonly tables: Tables,
  ) {}

  table(entity: new () => unknown): Table {
    return this.tables.of(entity);
  }

  alias(): string {
    this.#aliases += 1;
    return `r${this.#aliases}`;
  }

  parameter<R extends Read>(asked: Asked, pick: (read: R, scope: PlanScope) => unknown): RawBuilder<unknown> {
    const value = new Parameter<PlanScope>((scope) => pick(asked.readOf(scope.reads) as R, scope));
    return sql`${value}`;
  }

  object(selection: Selection, place: Place | null): Json {
    return objectOf(
      selection.fields.map((asked) => ({ key: asked.key, json: this.#field(asked, selection.type, place) })),
    );
  }

  #field(asked: Asked, type: string, place: Place | null): Json {
    if (asked.name === '__typename') return typeName(type);
    if (asked.read) return asked.read.plan(asked, place, this);
    if (asked.leaf && place) return leafOf(place, asked.name, asked.leaf);
    throw new NotPlannable(`${type}.${asked.name} is not declared`);
  }
}
