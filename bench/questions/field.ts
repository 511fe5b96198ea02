/** How a value is compared: by what it means, whatever text it came as. */
export type LeafKind = 'plain' | 'id' | 'instant' | 'decimal';

/** A value that one column has. */
export interface Leaf {
  readonly is: 'leaf';
  readonly kind: LeafKind;
  /** PostGraphile's field. */
  readonly peer: string;
}

/** An amount with its currency, which PostGraphile has as two fields. */
export interface Money {
  readonly is: 'money';
  readonly peer: { readonly amount: string; readonly currency: string };
}

/** Money that stands in a row of its own, such as an account's balance. */
export interface RowMoney {
  readonly is: 'row-money';
  readonly peer: { readonly row: string; readonly amount: string; readonly currency: string };
}

/** An object that this one refers to. */
export interface One {
  readonly is: 'one';
  readonly type: string;
  readonly peer: string;
}

/** The one of a list that a condition picks, such as a call's charge for its caller's leg. */
export interface Picked {
  readonly is: 'picked';
  readonly type: string;
  readonly peer: string;
  /** PostGraphile's `condition`. */
  readonly condition: string;
}

/** An object of the graph that PostGraphile has in the same row. */
export interface Inline {
  readonly is: 'inline';
  readonly type: string;
  /** The peer's field without which there is none; it is always asked for. */
  readonly unless: string;
}

/** A page of objects that refer to this one. */
export interface List {
  readonly is: 'list';
  readonly type: string;
  readonly peer: string;
  /**
   * Where PostGraphile has no such list of the object: its list of all, with a condition on the object's key. Only the
   * root of an operation, whose key is known, can have it.
   */
  readonly condition?: string;
}

/** A field of the graph, and what it is called in PostGraphile's. */
export type Field = Leaf | Money | RowMoney | One | Picked | Inline | List;

/** A type of the graph, and what it is called in PostGraphile's. */
export interface ObjectType {
  readonly peer: string;
  readonly fields: Readonly<Record<string, Field>>;
}
