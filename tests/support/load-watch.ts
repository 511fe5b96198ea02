import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';

/** How long it rests after each look, in milliseconds. */
const REST_MS = 25;

/** An operator at one instant. */
interface Seen {
  readonly id: string;
  readonly version: number;
  readonly load: number;
  readonly max_load: number;
  /** Active inquiries, and open assignments, that are theirs. */
  readonly active: number;
  readonly open: number;
  /** Inquiries of all that wait, and those of them that have no reason to. */
  readonly waiting: number;
  readonly groundless: number;
}

/** What is to be seen at any instant, in one statement, so that all of it is of the same one. */
const LOOK = `
  select o.id, o.version, o.load, o.max_load, coalesce(i.count, 0)::integer as active, coalesce(a.count, 0)::integer as open,
    w.waiting::integer, w.groundless::integer
  from operator o
  left join (select operator_id, count(*) from inquiry where status = 'ACTIVE' and operator_id is not null
    group by operator_id) i on i.operator_id = o.id
  left join (select operator_id, count(*) from assignment where ended_at is null group by operator_id) a on a.operator_id = o.id
  cross join (select count(*) as waiting, count(*) filter (where waiting_reason is null) as groundless from inquiry
    where status = 'ACTIVE' and operator_id is null) w
  order by o.id`;

/** Looks at the loads of all operators again and again, by a connection of its own, and keeps what must not be. */
export class LoadWatch {
  readonly faults: string[] = [];
  /** How often it looked. */
  looks = 0;
  /** How many inquiries waited at the last look. */
  waiting = 0;
  /** Operators that were over their limit: by id, version and load, each once. */
  readonly over = new Map<string, Seen>();
  #last = new Map<string, Seen>();
  #stopped = false;
  #watching: Promise<void> = Promise.resolve();

  private constructor(private readonly client: Client) {}

  static async start(databaseUrl: string): Promise<LoadWatch> {
    const client = new Client({ connectionString: databaseUrl });
    await client.connect();
    const watch = new LoadWatch(client);
    watch.#watching = watch.#look().catch((error: unknown) => watch.#fault(`it looked in vain: ${error}`));
    return watch;
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    await this.#watching;
  }

  async #look(): Promise<void> {
    try {
      while (!this.#stopped) {
        const { rows } = await this.client.query<Seen>(LOOK);
        this.looks += 1;
        for (const seen of rows) this.#check(seen);
        this.#last = new Map(rows.map((seen) => [seen.id, seen]));
        await sleep(REST_MS);
      }
    } finally {
      await this.client.end();
    }
  }

  #check(seen: Seen): void {
    const { id, version, load, max_load, active, open, waiting, groundless } = seen;
    this.waiting = waiting;
    if (groundless > 0) this.#fault(`${groundless} inquiries wait without a reason`);
    if (load !== active || load !== open)
      this.#fault(`operator ${id} has load ${load}, ${active} active inquiries and ${open} assignments`);
    if (load <= max_load) return;
    this.over.set(`${id} ${version} ${load}`, seen);
    const before = this.#last.get(id);
    // Of the same version the limit is the same too.
    if (before?.version === version && load > before.load)
      this.#fault(`operator ${id}, who may have ${max_load}, got more: ${load} after ${before.load}`);
  }

  #fault(words: string): void {
    if (this.faults.length < 20) this.faults.push(words);
  }
}
