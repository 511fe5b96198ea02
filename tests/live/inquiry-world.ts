import { sql } from 'kysely';
import { systemDraws } from '../../src/services/distribution/draws.js';
import { registerInquiry } from '../../src/services/distribution/register-inquiry.js';
import { type Actor, systemActor } from '../../src/services/shared/access/actor.js';
import type { Database } from '../../src/services/shared/database/database.js';
import type { Work } from '../../src/services/shared/database/work.js';
import { encodeId } from '../../src/services/shared/ids/global-id.js';

const ACTOR = systemActor('test');

/** What a source asks of its operators; what is left out is not asked. */
interface SourceParts {
  readonly acceptWithinSeconds?: number;
  readonly answerWithinSeconds?: number;
  readonly warnBeforeSeconds?: number;
}

/** Sources with their operators, and inquiries through them, without the graph's mutations. */
export class InquiryWorld {
  #serial = 0;

  constructor(private readonly database: Database) {}

  /** A source whose inquiries go to the operators named, by equal chance; gives its key. */
  async source(operatorIds: readonly string[], parts: SourceParts = {}): Promise<string> {
    this.#serial += 1;
    const name = `source ${this.#serial}`;
    const { acceptWithinSeconds = null, answerWithinSeconds = null, warnBeforeSeconds = null } = parts;
    const [row] = await this.database.rows(sql<{ id: string }>`
      insert into source (name, name_key, skills, accept_within_seconds, answer_within_seconds, warn_before_seconds)
      values (${name}, ${name}, '{}', ${acceptWithinSeconds}, ${answerWithinSeconds}, ${warnBeforeSeconds})
      returning id`);
    for (const operatorId of operatorIds) {
      await this.database.rows(
        sql`insert into source_weight (source_id, operator_id, weight) values (${row!.id}, ${operatorId}, 1)`,
      );
    }
    return row!.id;
  }

  /** Registers an inquiry of somebody new; gives its id in the graph. */
  async register(sourceId: string): Promise<string> {
    this.#serial += 1;
    const input = {
      source: encodeId('Source', sourceId),
      externalId: `lead ${this.#serial}`,
      message: `inquiry ${this.#serial}`,
      idempotencyKey: `inquiry ${this.#serial}`,
    };
    const { inquiryId } = await this.do((work) => registerInquiry(work, input, systemDraws));
    return encodeId('Inquiry', inquiryId);
  }

  /** How many inquiries an operator takes at most. */
  async limit(operatorId: string, maxLoad: number): Promise<void> {
    await this.database.rows(sql`update operator set max_load = ${maxLoad} where id = ${operatorId}`);
  }

  /** Does something, as the product itself unless told. */
  do<Result>(verb: (work: Work) => Promise<Result>, actor: Actor = ACTOR): Promise<Result> {
    return this.database.transact(actor, verb);
  }
}
