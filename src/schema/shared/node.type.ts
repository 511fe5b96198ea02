import { Field, ID, InterfaceType } from 'type-graphql';

/** What `node` adds to a row so that the graph knows its type. */
export interface NodeRow {
  readonly nodeKind: string;
}

@InterfaceType('Node', {
  description: 'An object that can be fetched by its id alone (Relay’s global object identification).',
  resolveType: (row: NodeRow) => row.nodeKind,
})
export abstract class NodeType {
  @Field(() => ID, { description: 'Global and opaque: good for `node` and wherever this kind of object is asked for.' })
  id!: string;
}
