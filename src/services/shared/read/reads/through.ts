import type { Place } from '../plan/place.js';
import type { Asked, Plain, Planning, Read } from '../plan/read.js';
import type { Reader } from '../reader.js';
import type { ToOne } from './to-one.js';

class Through implements Read {
  constructor(
    private readonly one: ToOne<{ id: string }>,
    private readonly read: Read,
  ) {}

  get kind(): string | undefined {
    return this.read.kind;
  }

  async run(row: Plain | undefined, reader: Reader) {
    const other = await this.one.run(row, reader);
    return other && this.read.run(other as unknown as Plain, reader);
  }

  plan(asked: Asked, place: Place | null, planning: Planning) {
    const within = (pick: (through: Through) => Read): Asked => ({
      ...asked,
      readOf: (reads) => pick(asked.readOf(reads) as Through),
    });
    const ofOther = within(({ read }) => read);
    return this.one.planWith(
      within(({ one }) => one),
      place,
      planning,
      (row) => this.read.plan(ofOther, row, planning),
    );
  }
}

/** What is read of another row, as if it were of this one; null where there is no such row. */
export function through<Entity extends { id: string }>(one: ToOne<Entity>, read: Read): Read {
  return new Through(one as unknown as ToOne<{ id: string }>, read);
}
