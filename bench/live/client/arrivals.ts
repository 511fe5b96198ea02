import { sharedNow } from '../processes/clock.ts';

/** When each message came to each socket, on the shared clock in milliseconds. */
export class Arrivals {
  /** Message by message, in each all sockets; zero for what has not come. */
  readonly times: Float64Array;
  readonly #sockets: number;

  constructor(sockets: number, most: number) {
    this.#sockets = sockets;
    this.times = new Float64Array(sockets * most);
  }

  take(place: number, ordinal: number): void {
    const index = ordinal * this.#sockets + place;
    if (index < this.times.length) this.times[index] = sharedNow();
  }
}
