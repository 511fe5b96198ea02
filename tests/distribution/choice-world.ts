import { sql } from 'kysely';
import type { WeeklySchedule } from '../../src/entities/identity/operator.entity.js';
import type { Database } from '../../src/services/shared/database/database.js';
import { createUser } from '../support/sign-ins.js';

/** What an operator is made with; without any of it they are free at all times. */
export interface OperatorParts {
  readonly active?: boolean;
  readonly userActive?: boolean;
  readonly maxLoad?: number;
  readonly skills?: readonly string[];
  readonly schedule?: WeeklySchedule;
  readonly presence?: string;
}

/** What a source is made with. */
export interface SourceParts {
  readonly sticky?: boolean;
  readonly asksPresence?: boolean;
  readonly skills?: readonly string[];
  readonly acceptWithinSeconds?: number;
  readonly answerWithinSeconds?: number;
}

/** What a choice is made for. */
export interface Asked {
  readonly skills?: readonly string[];
  readonly inquiry?: string;
  readonly lead?: string;
  readonly asksPresence?: boolean;
  /** The organisation's own. */
  readonly day?: string;
  readonly time?: string;
  readonly draws?: readonly (number | string)[];
}

/** What `distribution.choose` chose. */
export interface Chosen {
  readonly operator_id: string | null;
  readonly way: string | null;
  readonly draw: string | null;
  readonly states: string | null;
  readonly weighting_id: string | null;
  readonly reason: string | null;
}

/** What became of an inquiry that was registered. */
export interface Registered {
  readonly inquiry_id: string;
  readonly lead_id: string;
  readonly operator_id: string | null;
  readonly way: string | null;
  readonly waiting_reason: string | null;
}

export const LAST_DRAW = 2 ** 53 - 1;

/** Sources, operators and weights as the tables have them, and the database's own functions of the choice. */
export class ChoiceWorld {
  #serial = 0;

  constructor(readonly database: Database) {}

  /** Gives an operator's key; those made later have greater ones. */
  async operator(parts: OperatorParts = {}): Promise<string> {
    const { userId } = await createUser(this.database, {
      role: 'operator',
      operator: {},
      active: parts.userActive ?? true,
    });
    if (parts.presence) {
      await this.database.rows(sql`update app_user set presence = ${parts.presence} where id = ${userId}`);
    }
    const [row] = await this.database.rows(sql<{ id: string }>`
      update operator set max_load = ${parts.maxLoad ?? 1_000_000}, skills = ${[...(parts.skills ?? [])]},
        schedule = ${parts.schedule ? JSON.stringify(parts.schedule) : null}::jsonb, active = ${parts.active ?? true}
      where user_id = ${userId} returning id`);
    return row!.id;
  }

  operators(count: number, parts: OperatorParts = {}): Promise<string[]> {
    return Promise.all(Array.from({ length: count }, () => this.operator(parts))).then((keys) => keys.sort(byKey));
  }

  /** Gives a source's key. */
  async source(weights: Readonly<Record<string, string | number>>, parts: SourceParts = {}): Promise<string> {
    this.#serial += 1;
    const name = `Source ${this.#serial}`;
    const [row] = await this.database.rows(sql<{ id: string }>`
      insert into source (name, name_key, skills, sticky, asks_presence, accept_within_seconds, answer_within_seconds)
      values (${name}, ${name.toLowerCase()}, ${[...(parts.skills ?? [])]}, ${parts.sticky ?? false},
        ${parts.asksPresence ?? false}, ${parts.acceptWithinSeconds ?? null}, ${parts.answerWithinSeconds ?? null})
      returning id`);
    if (Object.keys(weights).length > 0) await this.weigh(row!.id, weights);
    return row!.id;
  }

  /** Gives operators weights in a source, all at once. */
  async weigh(source: string, weights: Readonly<Record<string, string | number>>): Promise<void> {
    await this.database.rows(sql`
      insert into source_weight (source_id, operator_id, weight)
      select ${source}, k, v from unnest(${Object.keys(weights)}::bigint[], ${Object.values(weights).map(String)}::numeric[]) w(k, v)
      on conflict (source_id, operator_id) do update set weight = excluded.weight`);
  }

  /** Makes one choice, and lets go of whoever was chosen. */
  async choose(source: string, asked: Asked = {}): Promise<Chosen> {
    const { day = 'MON', time = '12:00', draws = [0] } = asked;
    const [row] = await this.database.rows(sql<Chosen>`
      select * from distribution.choose(${source}::bigint, ${[...(asked.skills ?? [])]}::text[], ${asked.inquiry ?? null}::bigint,
        ${asked.lead ?? null}::bigint, ${asked.asksPresence ?? false}::boolean, ${day}::text,
        ${time}::text, ${`{${draws.join()}}`}::bigint[])`);
    return row!;
  }

  /** Registers an inquiry of somebody: of a lead known by this external id. */
  async register(
    source: string,
    parts: { readonly externalId?: string; readonly draws?: readonly number[]; readonly at?: Date } = {},
  ): Promise<Registered> {
    this.#serial += 1;
    const { externalId = `lead ${this.#serial}`, draws = Array.from({ length: 8 }, () => 0), at = new Date() } = parts;
    const { day, time } = this.database.settings.calendar.weekTimeOf(at);
    const [row] = await this.database.rows(sql<Registered>`
      select * from distribution.register_inquiry(${source}::bigint, null, ${externalId}, null, null, null, '', null, '{}', ${at},
        ${day}, ${time}, ${`{${draws.join()}}`}::bigint[])`);
    return row!;
  }

  /** Ends what an operator has of an inquiry, which is done with it. */
  async close(inquiry: string): Promise<void> {
    await this.database.transact({ kind: 'system', key: 'system:test', permissions: new Set() }, async (work) => {
      await work.rows(sql`
        update assignment set ended_at = now(), "end" = 'CLOSED' where inquiry_id = ${inquiry} and ended_at is null`);
      await work.rows(sql`update inquiry set status = 'CLOSED', ended_at = now(), waiting_reason = null, waiting_since = null,
          accept_by = null
        where id = ${inquiry}`);
    });
  }
}

export const byKey = (one: string, other: string): number => Number(one) - Number(other);
