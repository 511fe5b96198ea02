import { CustomerResolver } from './customers/customer.resolver.js';

/** Every resolver of the graph. */
export const RESOLVERS = [CustomerResolver] as const;
