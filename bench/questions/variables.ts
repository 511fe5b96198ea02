import type { Argument } from './lists.ts';

/** Collects the variables of one document while it is printed. */
export class Variables {
  readonly #types = new Map<string, string>();
  readonly #values = new Map<string, unknown>();

  /** Declares a variable with its value; returns how it is referred to. */
  add(name: string, type: string, value: unknown): string {
    this.#types.set(name, type);
    this.#values.set(name, value);
    return `$${name}`;
  }

  /** The fields of a filter's input, for arguments that stand at `place`. */
  addArguments(place: string, declared: readonly Argument[], values: readonly string[] | undefined): string[] {
    return declared.map(([argument, type], i) => {
      const value = values?.[i];
      if (value === undefined) throw new Error(`There is no value for ${place}.`);
      return `${argument}: ${this.add(`${place.replaceAll('.', '_')}_${argument}`, type, value)}`;
    });
  }

  /** `($id: ID!, …)`, or nothing. */
  get declarations(): string {
    const declared = [...this.#types].map(([name, type]) => `$${name}: ${type}`);
    return declared.length === 0 ? '' : `(${declared.join(', ')})`;
  }

  get values(): Record<string, unknown> {
    return Object.fromEntries(this.#values);
  }
}
