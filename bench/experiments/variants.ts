import type { CaseName, Workload } from '../reads/question.ts';

/** A way of answering that was tried. */
export interface Variant {
  readonly what: string;
  /** Settings of its process beside those of all. */
  readonly settings: Readonly<Record<string, string>>;
  /** The cases that it is timed in; all when left out. */
  readonly timed?: readonly CaseName[];
  /** Whether it answers what it is timed in and nothing else, so that its other answers are not compared. */
  readonly onlyThese?: boolean;
}

const RESOLVERS = { READ_PLANS: 'off' };

/** All variants by name; each is a process of its own, made of the same build of the product. */
export const VARIANTS = {
  resolvers: { what: 'graphql-js runs the resolvers: the reference', settings: RESOLVERS },
  // It fails at abstract types that are told apart asynchronously, as TypeGraphQL does: the node is compared, not timed.
  jit: { what: 'graphql-jit runs the resolvers', settings: RESOLVERS, timed: ['page', 'card', 'list'] },
  plans: { what: 'one statement an operation, as the product is', settings: {} },
  levels: {
    what: 'one JSON-building statement a level, by hand',
    settings: RESOLVERS,
    timed: ['page', 'card'],
    onlyThese: true,
  },
  integration: { what: 'plans behind the handler of @as-integrations/fastify', settings: {} },
  'bare-http': { what: 'plans and Apollo behind node:http, without Fastify', settings: {} },
  'no-apollo': { what: 'plans behind Fastify, without Apollo', settings: {} },
  'bare-no-apollo': { what: 'plans behind node:http, without Fastify and Apollo', settings: {} },
  auto: { what: 'plans with plan_cache_mode=auto in the place of force_generic_plan', settings: {} },
  unprepared: { what: 'plans whose statements are never prepared', settings: {} },
} as const satisfies Readonly<Record<string, Variant>>;

export type VariantName = keyof typeof VARIANTS;

export const VARIANT_NAMES = Object.keys(VARIANTS) as VariantName[];

/** @throws TypeError for a name that no variant has */
export function variantNamed(name: string): VariantName {
  const found = VARIANT_NAMES.find((known) => known === name);
  if (!found) throw new TypeError(`There is no variant ${name}; there are ${VARIANT_NAMES.join(', ')}.`);
  return found;
}

/** Whether a variant is timed in a case. */
export function isTimed(name: VariantName, of: CaseName): boolean {
  const { timed }: Variant = VARIANTS[name];
  return timed?.includes(of) ?? true;
}

/** Whether a variant's answers to a workload are compared. */
export function isCompared(name: VariantName, { of, drawn }: Pick<Workload, 'of' | 'drawn'>): boolean {
  const { onlyThese = false }: Variant = VARIANTS[name];
  return !onlyThese || (isTimed(name, of) && !drawn);
}
