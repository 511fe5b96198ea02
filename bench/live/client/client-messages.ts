/** Which sockets to open: one for each token; without a token one only connects. */
export interface OpenSockets {
  readonly port: number;
  readonly query: string;
  readonly tokens: readonly (string | null)[];
}

/** What the client tells while events come: how many in all, and when, on the shared clock in milliseconds. */
export interface Progress {
  readonly at: number;
  readonly total: number;
}

/** What came since the last reset: in all, and the fewest and most on one socket. */
export interface ClientCounts extends Progress {
  readonly least: number;
  readonly most: number;
  /** How many sockets ended, by why, since they were opened. */
  readonly lost: Readonly<Record<string, number>>;
}

/** When messages came. */
export interface Timed {
  /** The calls' ids in the order in which the first socket got them, and the last one. */
  readonly keys: readonly string[];
  readonly others: readonly string[];
  readonly arrivals: Float64Array;
  readonly sockets: number;
}
