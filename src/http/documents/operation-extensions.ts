import type { OperationLimits, OperationSize } from '../../resolvers/shared/operation-limits.js';

/**
 * What an answer's `extensions` tell of its operation: how large it is and how large it may be.
 *
 * The cost is left out where the operation was refused before it was known.
 */
export class OperationExtensions {
  readonly [name: string]: unknown;
  readonly operation: Partial<OperationSize> & { readonly limits: OperationLimits };
  #text: string | undefined;

  constructor(size: Partial<OperationSize>, limits: OperationLimits) {
    this.operation = Object.freeze({ ...size, limits });
    Object.freeze(this);
  }

  /** The same as JSON, written once. */
  get text(): string {
    this.#text ??= JSON.stringify(this);
    return this.#text;
  }
}
