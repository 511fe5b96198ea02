/** What a column of an entity is in a row: an instant is ISO 8601 text in UTC, a parent is its key. */
type Cell<Value> = Value extends Date ? string : Value extends { readonly id: string } ? string : Value;

/**
 * A plain row of an entity's table, as the read engine gives it: the entity's own property names, no behaviour.
 *
 * Columns that the entity hides are absent at run time whatever the type says.
 */
export type Row<Entity> = { readonly [Property in keyof Entity]: Cell<Entity[Property]> };
