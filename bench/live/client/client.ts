import { answerCommands, tell } from '../processes/answer-commands.ts';
import { sharedNow } from '../processes/clock.ts';
import { Arrivals } from './arrivals.ts';
import type { ClientCounts, OpenSockets, Progress } from './client-messages.ts';
import { type Listener, LiveSocket } from './live-socket.ts';

/** How often the bench hears how far it is, in milliseconds. */
const TELL_MS = 10;
/** Sockets that are being opened at the same time. */
const OPENING = 64;

/** The process that holds all sockets of whoever is measured, one contender's at a time. */
class Client implements Listener {
  #sockets: LiveSocket[] = [];
  #total = 0;
  #told = -1;
  #lost: Record<string, number> = {};
  #kept = new Map<number, string[]>();
  #arrivals: Arrivals | undefined;

  event(socket: LiveSocket, text?: string): void {
    this.#arrivals?.take(socket.place, socket.count);
    socket.count += 1;
    this.#total += 1;
    if (text !== undefined) this.#kept.get(socket.place)?.push(text);
  }

  lost(_socket: LiveSocket, why: string): void {
    this.#lost[why] = (this.#lost[why] ?? 0) + 1;
  }

  async open({ port, query, tokens }: OpenSockets): Promise<void> {
    this.#lost = {};
    this.#sockets = [];
    let next = 0;
    const openSome = async () => {
      while (next < tokens.length) {
        const place = next++;
        const token = tokens[place];
        const introduction = token == null ? undefined : { authorization: `Bearer ${token}`, query };
        const socket = new LiveSocket(place, port, introduction, this);
        this.#sockets[place] = socket;
        await socket.opened();
      }
    };
    await Promise.all(Array.from({ length: OPENING }, openSome));
    this.reset();
  }

  reset(): void {
    this.#total = 0;
    this.#told = -1;
    for (const socket of this.#sockets) socket.count = 0;
  }

  counts(): ClientCounts {
    let least = Number.POSITIVE_INFINITY;
    let most = 0;
    for (const { count } of this.#sockets) {
      if (count < least) least = count;
      if (count > most) most = count;
    }
    return { at: sharedNow(), total: this.#total, least, most, lost: this.#lost };
  }

  /** From now on the messages of these sockets are kept, each whole. */
  keep(places: readonly number[]): void {
    this.#kept = new Map(places.map((place) => [place, []]));
    for (const socket of this.#sockets) socket.keeps = this.#kept.has(socket.place);
  }

  /** What was kept, by the places' order; nothing is kept from now on. */
  kept(): string[][] {
    const kept = [...this.#kept.values()];
    this.keep([]);
    return kept;
  }

  /** From now on it is noted when each message comes, at most so many on each socket. */
  time(most: number): void {
    this.reset();
    this.#arrivals = new Arrivals(this.#sockets.length, most);
    this.keep([0, this.#sockets.length - 1]);
  }

  timed() {
    const arrivals = this.#arrivals!;
    this.#arrivals = undefined;
    const [keys, others] = this.kept().map((texts) => texts.map(keyOf));
    return { keys, others, arrivals: arrivals.times, sockets: this.#sockets.length };
  }

  async close(): Promise<void> {
    await Promise.all(this.#sockets.map((socket) => socket.close()));
    this.#sockets = [];
    this.#arrivals = undefined;
  }

  tellProgress(): void {
    if (this.#total === this.#told) return;
    this.#told = this.#total;
    tell({ at: sharedNow(), total: this.#total } satisfies Progress);
  }
}

const keyOf = (text: string): string =>
  (JSON.parse(text) as { payload: { data: { callFeed: { call: { id: string } } } } }).payload.data.callFeed.call.id;

const client = new Client();
setInterval(() => client.tellProgress(), TELL_MS);
answerCommands({
  open: (wanted: OpenSockets) => client.open(wanted),
  reset: () => client.reset(),
  counts: () => client.counts(),
  keep: (places: number[]) => client.keep(places),
  kept: () => client.kept(),
  time: (most: number) => client.time(most),
  timed: () => client.timed(),
  close: () => client.close(),
});
