import { type RawBuilder, sql } from 'kysely';
import { bind } from '../../database/parameter.js';
import type { Finish, Json } from './json.js';
import type { PlanScope } from './read.js';

/** Runs a statement that gives one text. */
export interface TextSource {
  text(statement: string, values: readonly unknown[]): Promise<string | null>;
}

type Compile = (statement: RawBuilder<unknown>) => { readonly sql: string; readonly parameters: readonly unknown[] };

/** One statement that answers an operation for everybody who has certain rights, and what is left to do to its answer. */
export class OperationPlan {
  /** Its text. */
  readonly statement: string;
  readonly #parameters: readonly unknown[];
  readonly #finish: Finish | undefined;

  constructor(json: Json, compile: Compile) {
    const { sql: statement, parameters } = compile(sql`select ${json.text}`);
    this.statement = statement;
    this.#parameters = parameters;
    this.#finish = json.finish;
  }

  /**
   * The operation's data as JSON text.
   *
   * @throws Refusal for an argument that is none
   */
  async run(source: TextSource, scope: PlanScope): Promise<string | null> {
    const text = await source.text(this.statement, bind(this.#parameters, scope));
    if (text === null || !this.#finish) return text;
    return JSON.stringify(this.#finish(JSON.parse(text), scope));
  }
}
