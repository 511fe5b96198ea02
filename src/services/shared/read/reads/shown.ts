import { type RawBuilder, sql } from 'kysely';
import type { Actor } from '../../access/actor.js';
import type { Rights } from '../../access/rights.js';
import { finishSome, type Json, json, NULL } from '../plan/json.js';
import { NotPlannable, type Place } from '../plan/place.js';
import { type Asked, type Plain, type Planning, placeOf, type Read, rowOf } from '../plan/read.js';
import type { Reader } from '../reader.js';

/** Whether a row's field is shown: the same rule said for a row that is there, and for a statement. */
export interface ShownRule {
  holds(actor: Actor, row: never, reader: Reader): boolean | Promise<boolean>;
  /** @param column of the row by its property; who asks stands in it as `OWN` */
  where(rights: Rights, column: (property: string) => RawBuilder<unknown>): RawBuilder<unknown> | 'always' | 'never';
}

class Shown implements Read {
  constructor(
    private readonly rule: ShownRule,
    private readonly read: Read,
  ) {}

  get kind(): string | undefined {
    return this.read.kind;
  }

  async run(row: Plain | undefined, reader: Reader) {
    return (await this.rule.holds(reader.actor, rowOf(row) as never, reader)) ? this.read.run(row, reader) : null;
  }

  plan(asked: Asked, place: Place | null, planning: Planning): Json {
    if (!asked.nullable) throw new NotPlannable(`${asked.name} cannot be hidden`);
    const row = placeOf(place);
    const where = this.rule.where(planning.rights, (property) => row.column(property));
    if (where === 'never') return NULL;
    // What is shown takes its arguments of its own read, which stands within this one.
    const readOf: Asked['readOf'] = (reads) => (asked.readOf(reads) as Shown).read;
    const { text, finish } = this.read.plan({ ...asked, readOf }, place, planning);
    if (where === 'always') return json(text, finish);
    return json(sql`case when ${where} then ${text} else 'null' end`, finishSome(finish));
  }
}

/** A field that is null for whom a rule does not show it. */
export function shown(rule: ShownRule, read: Read): Read {
  return new Shown(rule, read);
}
