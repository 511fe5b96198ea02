import { ArgsType, Field, Int, ObjectType } from 'type-graphql';
import { LARGEST_PAGE, STANDARD_PAGE } from '../../services/shared/read/page-arguments.js';

@ObjectType('PageInfo', {
  simpleResolvers: true,
  description: 'Where a page stands in its list (Relay’s cursor connections).',
})
export class PageInfoType {
  @Field(() => Boolean, { description: 'Whether more follows behind `endCursor`.' })
  hasNextPage!: boolean;

  @Field(() => Boolean, { description: 'Whether more stands before `startCursor`.' })
  hasPreviousPage!: boolean;

  @Field(() => String, { nullable: true, description: 'The cursor of the first node; null on an empty page.' })
  startCursor!: string | null;

  @Field(() => String, { nullable: true, description: 'The cursor of the last node; null on an empty page.' })
  endCursor!: string | null;
}

/** The arguments of every connection. */
@ArgsType()
export class ConnectionArgs {
  @Field(() => Int, {
    nullable: true,
    description: `How many from the start, at most ${LARGEST_PAGE}; ${STANDARD_PAGE} when neither first nor last is given.`,
  })
  first?: number | null;

  @Field(() => String, { nullable: true, description: 'Only what stands behind this cursor.' })
  after?: string | null;

  @Field(() => Int, { nullable: true, description: `How many from the end, at most ${LARGEST_PAGE}.` })
  last?: number | null;

  @Field(() => String, { nullable: true, description: 'Only what stands before this cursor.' })
  before?: string | null;
}

/**
 * Makes the connection of a node's type: `CustomerConnection` with `CustomerEdge`, for `Customer`.
 *
 * @param plural what its nodes are called in descriptions
 */
export function connectionOf(node: () => object, name: string, plural: string) {
  @ObjectType(`${name}Edge`, {
    simpleResolvers: true,
    description: `One of the ${plural} with its place in the list.`,
  })
  class Edge {
    @Field(node as () => new () => object, { description: 'The object itself.' })
    node!: object;

    @Field(() => String, { description: 'Its place, for `after` and `before`; good for this order only.' })
    cursor!: string;
  }

  @ObjectType(`${name}Connection`, {
    simpleResolvers: true,
    description: `A page of ${plural}.`,
  })
  class Connection {
    @Field(() => [Edge], { description: 'The page’s objects with their cursors.' })
    edges!: Edge[];

    @Field(() => [node() as new () => object], { description: 'The page’s objects.' })
    nodes!: object[];

    @Field(() => PageInfoType, { description: 'Where the page stands in the list.' })
    pageInfo!: PageInfoType;

    @Field(() => Int, { description: 'How many there are in all pages; counted only when asked for.' })
    totalCount!: number;
  }
  return Connection;
}
