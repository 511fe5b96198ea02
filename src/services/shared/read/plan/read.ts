import type { RawBuilder } from 'kysely';
import type { Rights } from '../../access/rights.js';
import type { ReadScope } from '../../database/parameter.js';
import type { Settings } from '../../settings/settings.js';
import type { Reader } from '../reader.js';
import type { Table } from '../table.js';
import type { Json } from './json.js';
import type { Leaf } from './leaf.js';
import type { Place } from './place.js';

/** A row, or a part of one, by its properties. */
export type Plain = Readonly<Record<string, unknown>>;

/**
 * How a field of the graph is read, told by the field's arguments alone.
 *
 * It can be done in two ways that answer the same: `run` reads it for a row that is there, through the reader; `plan`
 * makes it a piece of the one statement that answers the whole operation.
 */
export interface Read {
  /** The kind of the rows that it reads; undefined for what is no row. */
  readonly kind?: string | undefined;

  /** @param row of the object that the field belongs to; undefined at the root */
  run(row: Plain | undefined, reader: Reader): unknown;

  /**
   * The statement's text may depend on the rights, and of the arguments on which are given, on Booleans, enums, the kinds
   * of ids and Ints: a plan is kept for these. All else is a `planning.parameter`, or one client's value answers another.
   *
   * @param place of that row in the statement; null at the root
   * @throws NotPlannable where no statement alone can answer
   * @throws Refusal for an argument that is none
   */
  plan(asked: Asked, place: Place | null, planning: Planning): Json;
}

/** A field that a client asks for. */
export interface Asked {
  /** Its name in the answer. */
  readonly key: string;
  readonly name: string;
  /** Whether the graph lets it be null. */
  readonly nullable: boolean;
  /** How it is read; undefined for a plain property of the row. */
  readonly read: Read | undefined;
  /** The field's read, or the one within it that is planned, among the plan's reads as a request made them. */
  readOf(reads: readonly Read[]): Read;
  /** How it is written, for a scalar or an enum; undefined for an object. */
  readonly leaf: Leaf | undefined;
  /**
   * What is asked of the object; each call is a reading of its own.
   *
   * @param kind of the rows that are read: the object's type, where the field's own is an interface
   * @throws Error where the field is of another type
   */
  inner(kind?: string): Selection;
}

/** What a client asks of an object. */
export interface Selection {
  /** The object's type in the graph. */
  readonly type: string;
  readonly fields: readonly Asked[];
}

/** What a planned statement runs for: `reads` are those of the plan, with the arguments of this request. */
export interface PlanScope extends ReadScope {
  readonly reads: readonly Read[];
}

/** What the pieces of one statement have in common. */
export interface Planning {
  readonly rights: Rights;
  readonly settings: Settings;
  table(entity: new () => unknown): Table;
  /** A name that no other part of the statement has. */
  alias(): string;
  /**
   * A value that comes with each request.
   *
   * @param pick finds it in the field's read, made anew with the arguments of that request
   */
  parameter<R extends Read>(asked: Asked, pick: (read: R, scope: PlanScope) => unknown): RawBuilder<unknown>;
  /** An object with the fields that are asked of it, of a row at a place; no place is the root of the operation. */
  object(selection: Selection, place: Place | null): Json;
}

/** The row that a field belongs to. */
export function rowOf(row: Plain | undefined): Plain {
  if (!row) throw new Error('A field of a row is read at the root.');
  return row;
}

/** The place of a field that belongs to a row. */
export function placeOf(place: Place | null): Place {
  if (!place) throw new Error('A field of a row stands at the root.');
  return place;
}
