import { sql } from 'kysely';
import type { Database } from '../../src/services/shared/database/database.js';

/** What the event log tells of one inquiry, the first first. */
interface Told {
  readonly id: string;
  readonly kind: string;
  readonly data: {
    readonly operatorId: string | null;
    readonly way?: string;
    readonly load?: number;
    readonly maxLoad?: number;
    readonly previousOperatorId?: string | null;
    readonly end?: string;
    readonly status?: string;
  };
}

/** An inquiry as its rows have it. */
interface Standing {
  readonly id: string;
  readonly status: string;
  readonly operator: string | null;
  readonly assignments: readonly string[];
}

interface Held {
  readonly operator: string;
  readonly way: string;
  readonly load: number;
  readonly maxLoad: number;
  end: string | null;
}

/**
 * Tells the story of each inquiry again by the event log alone, and gives what of its rows is otherwise, one sentence
 * each: its status, whose it is, and each assignment with what ended it. No assignment of a story is over a limit.
 */
export async function storyFaults(database: Database): Promise<string[]> {
  const told = await database.rows(sql<Told>`
    select e.subject_id as id, e.kind, e.data from feed.event e where e.subject_kind = 'Inquiry'
    order by e.subject_id, e.xid, e.position`);
  const rows = await database.rows(sql<Standing>`
    select i.id, i.status, i.operator_id as operator, array(
      select concat_ws(' ', a.operator_id, a.way, a.load, 'of', a.max_load, coalesce(a."end", 'open'))
      from assignment a where a.inquiry_id = i.id order by a.id) as assignments
    from inquiry i order by i.id`);
  const stories = Map.groupBy(told, ({ id }) => id);
  const faults = rows.flatMap((row) => {
    const story = new Story(row.id);
    for (const event of stories.get(row.id) ?? []) story.tell(event);
    return [...story.faults, ...story.unlike(row)];
  });
  const known = new Set(rows.map(({ id }) => id));
  const lost = [...stories.keys()].filter((id) => !known.has(id));
  return [...faults, ...lost.map((id) => `inquiry ${id} is told of, and is not there`)];
}

/** One inquiry as its events have it. */
class Story {
  readonly faults: string[] = [];
  readonly #held: Held[] = [];
  #status: string | undefined;
  #operator: string | null = null;

  constructor(private readonly id: string) {}

  tell(event: Told): void {
    const { kind, data } = event;
    if (kind === 'inquiry.registered') this.#register();
    else if (kind === 'inquiry.assigned') this.#assign(data);
    else if (kind === 'inquiry.released') this.#release(data);
    else if (kind === 'inquiry.status-changed') this.#become(data);
    if (this.#operator !== data.operatorId)
      this.#fault(`is ${data.operatorId}’s by ${kind}, and was ${this.#operator}’s`);
  }

  /** What of the rows is not as the story ends. */
  unlike({ status, operator, assignments }: Standing): string[] {
    const held = this.#held.map(({ operator: who, way, load, maxLoad, end }) => {
      return `${who} ${way} ${load} of ${maxLoad} ${end ?? 'open'}`;
    });
    const told = JSON.stringify([this.#status, this.#operator, held]);
    const found = JSON.stringify([status, operator, assignments]);
    return told === found ? [] : [`inquiry ${this.id} is ${found}, and told is ${told}`];
  }

  #register(): void {
    if (this.#status !== undefined) this.#fault('came in twice');
    this.#status = 'ACTIVE';
  }

  #assign({ operatorId, way, load, maxLoad, previousOperatorId = null }: Told['data']): void {
    if (this.#status !== 'ACTIVE') this.#fault('was assigned when it was not active');
    if (previousOperatorId !== this.#operator) this.#fault('went from somebody who did not have it');
    if (load! > maxLoad! || load! < 1) this.#fault(`was assigned as the ${load}th of ${maxLoad}`);
    this.#end('MOVED');
    this.#held.push({ operator: operatorId!, way: way!, load: load!, maxLoad: maxLoad!, end: null });
    this.#operator = operatorId;
  }

  #release({ previousOperatorId, end }: Told['data']): void {
    if (this.#operator === null || previousOperatorId !== this.#operator) this.#fault('was taken from who had it not');
    this.#end(end!);
    this.#operator = null;
  }

  #become({ status }: Told['data']): void {
    if (status === this.#status) this.#fault(`became ${status} twice`);
    if (status === 'ACTIVE') this.#operator = null;
    else this.#end(status!);
    this.#status = status;
  }

  /** Ends what is open; a status that is corrected ends nothing again. */
  #end(end: string): void {
    const open = this.#held.at(-1);
    if (open?.end === null) open.end = end;
  }

  #fault(words: string): void {
    this.faults.push(`inquiry ${this.id} ${words}`);
  }
}
