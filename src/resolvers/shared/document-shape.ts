import {
  type DocumentNode,
  type FragmentDefinitionNode,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql';
import { bounded } from './bounded.js';
import type { OperationShape } from './operation-limits.js';

/** A selection set with all that is beneath it: `width` are its own fields. */
interface SelectionShape {
  readonly width: number;
  readonly depth: number;
  readonly breadth: number;
  readonly fields: number;
}

const NOTHING: SelectionShape = { width: 0, depth: 0, breadth: 0, fields: 0 };
const LEAF = { depth: 1, breadth: 0, fields: 1 };

/** Whether a root field asks for the schema. */
export const isIntrospection = (name: string): boolean => name === '__schema' || name === '__type';

/**
 * Measures what a document's operations ask for, as far as no schema is needed for it: so it can be done before
 * validation, whose time grows with the square of what one selection holds.
 *
 * A fragment is measured once, however often it is spread, so that the measuring costs no more than reading the
 * document. The document need not be valid: fragments that are missing, or that spread themselves, count for nothing.
 */
export class DocumentShape {
  readonly #fragments = new Map<string, FragmentDefinitionNode>();
  readonly #measured = new Map<string, SelectionShape>();
  readonly #aliases: number;

  constructor(document: DocumentNode) {
    for (const definition of document.definitions) {
      if (definition.kind === Kind.FRAGMENT_DEFINITION) this.#fragments.set(definition.name.value, definition);
    }
    this.#aliases = countAliases(document);
  }

  /** What an operation asks for. */
  ofOperation({ selectionSet }: OperationDefinitionNode): OperationShape {
    const { depth, breadth, fields } = this.#selection(selectionSet);
    const answers = new Map<string, string>();
    this.#collectRoot(selectionSet, answers, new Set());
    const repeats = Map.groupBy(answers.values(), (name) => name);
    return {
      depth,
      breadth,
      fields,
      aliases: this.#aliases,
      rootFields: answers.size,
      repeats: Math.max(0, ...[...repeats.values()].map((same) => same.length)),
    };
  }

  /** What a fragment would ask for, also where nothing spreads it. */
  ofFragment({ selectionSet }: FragmentDefinitionNode): Pick<OperationShape, 'depth' | 'breadth' | 'fields'> {
    const { depth, breadth, fields } = this.#selection(selectionSet);
    return { depth, breadth, fields };
  }

  #selection(set: SelectionSetNode): SelectionShape {
    let { width, depth, breadth, fields } = NOTHING;
    for (const selection of set.selections) {
      const isField = selection.kind === Kind.FIELD;
      const size = isField
        ? this.#field(selection.name.value, selection.selectionSet)
        : selection.kind === Kind.INLINE_FRAGMENT
          ? this.#selection(selection.selectionSet)
          : this.#fragment(selection.name.value);
      width += isField ? 1 : (size as SelectionShape).width;
      depth = Math.max(depth, size.depth);
      breadth = Math.max(breadth, size.breadth);
      fields += size.fields;
    }
    return { width: bounded(width), depth, breadth: bounded(Math.max(breadth, width)), fields: bounded(fields) };
  }

  #field(name: string, set: SelectionSetNode | undefined): Omit<SelectionShape, 'width'> {
    if (!set) return LEAF;
    const inner = this.#selection(set);
    return {
      depth: isIntrospection(name) ? 1 : inner.depth + 1,
      breadth: inner.breadth,
      fields: inner.fields + 1,
    };
  }

  #fragment(name: string): SelectionShape {
    const known = this.#measured.get(name);
    if (known) return known;
    const fragment = this.#fragments.get(name);
    if (!fragment) return NOTHING;
    // Else one that spreads itself would be measured without end.
    this.#measured.set(name, NOTHING);
    const size = this.#selection(fragment.selectionSet);
    this.#measured.set(name, size);
    return size;
  }

  /** Collects the answers at the root as running it does: a fragment once, and a name once. */
  #collectRoot(set: SelectionSetNode, answers: Map<string, string>, seen: Set<string>): void {
    for (const selection of set.selections) {
      if (selection.kind === Kind.FIELD) {
        answers.set((selection.alias ?? selection.name).value, selection.name.value);
      } else if (selection.kind === Kind.INLINE_FRAGMENT) this.#collectRoot(selection.selectionSet, answers, seen);
      else if (!seen.has(selection.name.value)) {
        seen.add(selection.name.value);
        const fragment = this.#fragments.get(selection.name.value);
        if (fragment) this.#collectRoot(fragment.selectionSet, answers, seen);
      }
    }
  }
}

function countAliases(document: DocumentNode): number {
  let count = 0;
  const walk = (set: SelectionSetNode | undefined): void => {
    for (const selection of set?.selections ?? []) {
      if (selection.kind === Kind.FIELD && selection.alias) count += 1;
      if (selection.kind !== Kind.FRAGMENT_SPREAD) walk(selection.selectionSet);
    }
  };
  for (const definition of document.definitions) {
    if (definition.kind === Kind.OPERATION_DEFINITION || definition.kind === Kind.FRAGMENT_DEFINITION) {
      walk(definition.selectionSet);
    }
  }
  return count;
}
