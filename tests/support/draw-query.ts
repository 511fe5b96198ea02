import {
  type GraphQLField,
  type GraphQLObjectType,
  type GraphQLSchema,
  getNamedType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
} from 'graphql';
import type { Draw } from './draw.js';
import { ArgumentDrawer } from './draw-arguments.js';
import { ValueDrawer } from './draw-value.js';
import type { ValuePool } from './value-pool.js';

/** An operation with the variables of each time that it is to be asked. */
export interface DrawnQuery {
  readonly document: string;
  readonly variables: readonly object[];
}

type Field = GraphQLField<unknown, unknown>;

/** Where a selection stands. */
interface Spot {
  /** How many more objects may be nested in it. */
  readonly depth: number;
  /** The names in the answer that lead to it: what has one name at one path must be one field. */
  readonly path: string;
  /** In a named fragment, which is spread at several paths. */
  readonly shared: boolean;
}

const MOST_FIELDS = 45;
/** Names that an object of JavaScript has anyway. */
const ODD_NAMES = ['constructor', '__proto__', 'toString', 'finish'];
const SHAPE = /(Connection|Edge)$/;

/** Draws one valid query. */
export class QueryDrawer {
  readonly #arguments: ArgumentDrawer;
  readonly #fragments: {
    readonly name: string;
    readonly type: string;
    readonly depth: number;
    readonly text: string;
  }[] = [];
  readonly #heads = new Map<string, string>();
  #fields = 0;
  #names = 0;

  /** @param runs how many times it is to be asked */
  constructor(
    private readonly schema: GraphQLSchema,
    private readonly draw: Draw,
    pool: ValuePool,
    runs: number,
  ) {
    this.#arguments = new ArgumentDrawer(draw, new ValueDrawer(draw, pool), runs);
  }

  /** @param roots fields of the query to choose from */
  query(roots: readonly string[]): DrawnQuery {
    const type = this.schema.getQueryType()!;
    const fields = Array.from({ length: this.draw.whole(1, 3) }, () => type.getFields()[this.draw.one(roots)]!);
    const spot: Spot = { depth: 5, path: '', shared: false };
    const selected = fields.map((field) => this.#field(field, spot, this.draw.chance(0.5)));
    if (this.draw.chance(0.2)) selected.push(this.#typename());
    const declared = this.#arguments.declarations;
    const head = declared.length === 0 ? 'query' : `query (${declared.join(', ')})`;
    const fragments = this.#fragments.map(({ name, type, text }) => `fragment ${name} on ${type} ${text}`);
    return {
      document: [`${head} { ${selected.join(' ')} }`, ...fragments].join('\n'),
      variables: this.#arguments.variables,
    };
  }

  #selection(type: GraphQLObjectType, spot: Spot): string {
    const fields = Object.values(type.getFields());
    const count = SHAPE.test(type.name) ? this.draw.whole(1, 3) : this.draw.whole(1, 5);
    const selected = Array.from({ length: count }, () => this.#member(type, fields, spot));
    return `{ ${selected.join(' ')} }`;
  }

  #member(type: GraphQLObjectType, fields: readonly Field[], spot: Spot): string {
    if (this.draw.chance(0.1)) return this.#typename();
    if (this.#fields < MOST_FIELDS && this.draw.chance(0.07)) return this.#inlineFragment(type, spot);
    if (this.#fields < MOST_FIELDS && this.draw.chance(0.07)) return this.#spread(type, spot.depth);
    return this.#field(this.#oneOf(fields, spot), spot, false);
  }

  #oneOf(fields: readonly Field[], { depth }: Spot): Field {
    // What is left to the resolvers is drawn now and then only, so that most queries are planned.
    const drawn = this.draw.chance(0.03) ? fields : fields.filter((field) => !isUnplanned(field));
    const leaves = drawn.filter(({ type }) => isLeafType(getNamedType(type)));
    const others = drawn.filter((field) => !leaves.includes(field));
    const mayNest = others.length > 0 && (leaves.length === 0 || (depth > 0 && this.#fields < MOST_FIELDS));
    if (mayNest && (leaves.length === 0 || this.draw.chance(0.5))) return this.draw.one(others);
    return this.draw.one(leaves);
  }

  #field(field: Field, spot: Spot, aliased: boolean): string {
    this.#fields += 1;
    const written = this.#arguments.of(field);
    const head = `${field.name}${written}`;
    const key = this.#keyOf(field, head, spot, aliased || this.draw.chance(0.1));
    const path = `${spot.path}.${key}`;
    const name = key === field.name ? '' : `${key}: `;
    const type = getNamedType(field.type);
    const directive = this.#arguments.directive();
    if (isLeafType(type)) return `${name}${head}${directive}`;
    const depth = isObjectType(type) && SHAPE.test(type.name) ? spot.depth : spot.depth - 1;
    const inner = { ...spot, depth, path };
    return `${name}${head}${directive} ${isObjectType(type) ? this.#selection(type, inner) : this.#node(inner)}`;
  }

  /** The field's own name where nothing else has it at that path, else one that nothing has. */
  #keyOf(field: Field, head: string, { path, shared }: Spot, aliased: boolean): string {
    const place = `${path}.${field.name}`;
    if (!aliased && field.args.length === 0) return field.name;
    if (!aliased && !shared) {
      const known = this.#heads.get(place) ?? head;
      this.#heads.set(place, known);
      if (known === head) return field.name;
    }
    return this.#newName();
  }

  #newName(): string {
    this.#names += 1;
    const odd = this.#names <= ODD_NAMES.length && this.draw.chance(0.05);
    return odd ? ODD_NAMES[this.#names - 1]! : `x${this.#names}`;
  }

  #typename(): string {
    return `${this.draw.chance(0.2) ? `${this.#newName()}: ` : ''}__typename${this.#arguments.directive()}`;
  }

  #inlineFragment(type: GraphQLObjectType, spot: Spot): string {
    const directive = this.#arguments.directive();
    const isNode = type.getInterfaces().some(({ name }) => name === 'Node');
    if (isNode && this.draw.chance(0.3)) return `... on Node${directive} { id ${this.#typename()} }`;
    const condition = this.draw.chance(0.7) ? ` on ${type.name}` : '';
    return `...${condition}${directive} ${this.#selection(type, spot)}`;
  }

  #spread(type: GraphQLObjectType, depth: number): string {
    const known = this.#fragments.filter((one) => one.type === type.name && one.depth <= depth);
    const directive = this.#arguments.directive();
    if (known.length > 0 && this.draw.chance(0.7)) return `...${this.draw.one(known).name}${directive}`;
    const text = this.#selection(type, { depth: Math.min(depth, 2), path: '...', shared: true });
    const name = `F${this.#fragments.length}`;
    this.#fragments.push({ name, type: type.name, depth: Math.min(depth, 2), text });
    return `...${name}${directive}`;
  }

  /** What is asked of any object: its fields have names of their own, since kinds differ in what a name is. */
  #node(spot: Spot): string {
    const kinds = this.schema.getPossibleTypes(this.schema.getType('Node') as never);
    const members = [this.draw.one(['id', '__typename', 'id __typename'])];
    if (this.draw.chance(0.2)) {
      members.push(this.#spread(this.draw.one(kinds), Math.min(spot.depth, 2)));
    } else {
      for (const kind of this.draw.some(kinds, this.draw.whole(1, 6))) {
        const fields = Object.values(kind.getFields());
        const drawn = Array.from({ length: this.draw.whole(1, 3) }, () => this.#oneOf(fields, spot));
        members.push(`... on ${kind.name} { ${drawn.map((field) => this.#field(field, spot, true)).join(' ')} }`);
      }
    }
    return `{ ${members.join(' ')} }`;
  }
}

/** What is worked out beside the statement. */
const WORKED_OUT = ['WeeklySchedule', 'AssignmentExplanation', 'Candidate', 'OperatorStatistics', 'SourceStatistics'];

/** Lists of scalars too are not written by the database. */
function isUnplanned({ type }: Field): boolean {
  const named = getNamedType(type);
  const isList = isListType(isNonNullType(type) ? type.ofType : type);
  return WORKED_OUT.includes(named.name) || (isList && isLeafType(named));
}
