import type { OperationDefinitionNode } from 'graphql';

interface Kept<Plan> {
  readonly plan: Plan;
  readonly size: number;
  readonly byShape: Map<string, Kept<Plan>>;
  readonly shape: string;
}

/** How much a store may hold: so many plans, and so much of what they measure. */
export interface PlanBounds {
  readonly plans: number;
  readonly size: number;
}

/** Keeps plans by operation, rights and shape of variables, within bounds: the one not used for longest makes way. */
export class PlanStore<Plan> {
  readonly #operations = new WeakMap<OperationDefinitionNode, Map<string, Map<string, Kept<Plan>>>>();
  /** The one used last at the end. */
  readonly #kept = new Set<Kept<Plan>>();

  #size = 0;

  /** @param sizeOf measures a plan */
  constructor(
    private readonly bounds: PlanBounds,
    private readonly sizeOf: (plan: Plan) => number,
  ) {}

  /** The plan that is kept, or one that is made now and kept. */
  find(operation: OperationDefinitionNode, rights: string, shape: string, make: () => Plan): Plan {
    const byShape = entry(entry(this.#operations, operation), rights);
    const kept = byShape.get(shape) ?? this.#keep(byShape, shape, make());
    this.#kept.delete(kept);
    this.#kept.add(kept);
    return kept.plan;
  }

  #keep(byShape: Map<string, Kept<Plan>>, shape: string, plan: Plan): Kept<Plan> {
    const kept = { plan, size: this.sizeOf(plan), byShape, shape };
    byShape.set(shape, kept);
    this.#size += kept.size;
    while (this.#kept.size > 0 && (this.#kept.size >= this.bounds.plans || this.#size > this.bounds.size)) {
      this.#forget(this.#kept.values().next().value!);
    }
    return kept;
  }

  #forget(kept: Kept<Plan>): void {
    this.#kept.delete(kept);
    this.#size -= kept.size;
    kept.byShape.delete(kept.shape);
  }
}

interface Keyed<Key, Value> {
  get(key: Key): Value | undefined;
  set(key: Key, value: Value): unknown;
}

function entry<Key, InnerKey, Value>(map: Keyed<Key, Map<InnerKey, Value>>, key: Key): Map<InnerKey, Value> {
  let inner = map.get(key);
  if (!inner) {
    inner = new Map();
    map.set(key, inner);
  }
  return inner;
}
