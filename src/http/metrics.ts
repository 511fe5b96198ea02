import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { QueryCounts } from '../resolvers/shared/planning/operation-plans.js';

/** What is asked of the process whenever its metrics are read. */
export interface Measured {
  readonly sockets: () => number;
  readonly subscriptions: () => number;
  readonly channels: () => number;
  readonly feedReads: () => number;
  readonly isReader: () => boolean;
  readonly queries: () => QueryCounts;
  /** Webhook messages since the start, by what became of an attempt. */
  readonly webhooks: () => Readonly<Record<string, number>>;
  /** Entries of web forms since the start, by what became of them. */
  readonly forms: () => Readonly<Record<string, number>>;
}

const METRICS = {
  sockets: ['switchboard_websocket_connections', 'Sockets that are open.'],
  subscriptions: ['switchboard_subscriptions', 'Subscriptions that follow the event log.'],
  channels: ['switchboard_subscription_channels', 'Groups of subscriptions that share their messages.'],
  isReader: [
    'switchboard_feed_reader',
    'Whether this node reads the event log now: 1 over all nodes together where they share it.',
  ],
  feedReads: ['switchboard_feed_reads_total', 'How often this node asked PostgreSQL for new events of the log.'],
  queries: [
    'switchboard_queries_total',
    'Queries answered, by who answered them: a plan in one statement, or the resolvers.',
  ],
  webhooks: ['switchboard_webhook_attempts_total', 'Attempts to send webhook messages, by what became of them.'],
  forms: ['switchboard_form_entries_total', 'What was sent through web forms, by what became of it.'],
} as const satisfies Readonly<Record<keyof Measured, readonly [name: string, help: string]>>;

/** The metrics of one process, in the form of Prometheus. */
export class Metrics {
  readonly #registry = new Registry();
  readonly #requests = new Histogram({
    name: 'switchboard_http_request_duration_seconds',
    help: 'How long HTTP requests took, by route and status.',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    registers: [this.#registry],
  });

  constructor({ sockets, subscriptions, channels, isReader, feedReads, queries, webhooks, forms }: Measured) {
    collectDefaultMetrics({ register: this.#registry });
    this.#gauge(METRICS.sockets, sockets);
    this.#gauge(METRICS.subscriptions, subscriptions);
    this.#gauge(METRICS.channels, channels);
    this.#gauge(METRICS.isReader, () => (isReader() ? 1 : 0));
    this.#counter(METRICS.feedReads, [], () => [[{}, feedReads()]]);
    this.#counter(METRICS.queries, ['answered_by'], () => {
      const { planned, resolved } = queries();
      return [
        [{ answered_by: 'plan' }, planned],
        [{ answered_by: 'resolvers' }, resolved],
      ];
    });
    for (const [metric, counts] of [
      [METRICS.webhooks, webhooks],
      [METRICS.forms, forms],
    ] as const) {
      this.#counter(metric, ['outcome'], () =>
        Object.entries(counts()).map(([outcome, count]) => [{ outcome }, count]),
      );
    }
  }

  /** Counts an HTTP request that was answered. */
  observeRequest(
    labels: { readonly method: string; readonly route: string; readonly status: number },
    seconds: number,
  ) {
    this.#requests.observe(labels, seconds);
  }

  /** All of them as text, and of which type that is. */
  async read(): Promise<{ readonly contentType: string; readonly text: string }> {
    return { contentType: this.#registry.contentType, text: await this.#registry.metrics() };
  }

  #gauge([name, help]: readonly [string, string], value: () => number): void {
    new Gauge({
      name,
      help,
      registers: [this.#registry],
      collect() {
        this.set(value());
      },
    });
  }

  /** @param counts since the start, by their labels */
  #counter(
    [name, help]: readonly [string, string],
    labelNames: readonly string[],
    counts: () => readonly (readonly [labels: Record<string, string>, count: number])[],
  ): void {
    new Counter({
      name,
      help,
      labelNames,
      registers: [this.#registry],
      collect() {
        this.reset();
        for (const [labels, count] of counts()) this.inc(labels, count);
      },
    });
  }
}
