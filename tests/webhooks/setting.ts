import { randomUUID } from 'node:crypto';
import type { CollectorBounds } from '../../src/services/integrations/webhooks/collector.js';
import { startWebhookDispatcher, type WebhookDispatcher } from '../../src/services/integrations/webhooks/dispatcher.js';
import { systemActor } from '../../src/services/shared/access/actor.js';
import type { NewEvent } from '../../src/services/shared/events/event.js';
import { encodeId } from '../../src/services/shared/ids/global-id.js';
import { until } from '../support/load-process.js';
import { MovableClock } from '../support/movable-clock.js';
import { type Product, startProduct } from '../support/product.js';
import { signInUser } from '../support/sign-ins.js';
import { type Answer, Receiver } from './receiver.js';

/** What takes an idempotency key. */
const REVEALING: ReadonlySet<string> = new Set(['createWebhookEndpoint', 'rotateWebhookSecret']);

const CREATE = `mutation ($input: CreateWebhookEndpointInput!) {
  createWebhookEndpoint(input: $input) { endpoint { id } secret errors { code message path } } }`;

/** An endpoint with the receiver behind it. */
export interface Hook {
  readonly id: string;
  readonly secret: string;
  readonly receiver: Receiver;
}

/** The product with dispatchers of webhooks, on a clock that a test can put forward. */
export class WebhookSetting {
  readonly #dispatchers: WebhookDispatcher[] = [];
  readonly #receivers: Receiver[] = [];
  readonly failures: unknown[] = [];
  #admin: Promise<string> | undefined;

  private constructor(
    readonly product: Product,
    readonly clock: MovableClock,
  ) {}

  static async start(env: NodeJS.ProcessEnv = {}): Promise<WebhookSetting> {
    const clock = new MovableClock();
    const product = await startProduct({
      env: { WEBHOOK_ALLOW_PRIVATE: '1', WEBHOOK_TIMEOUT_SECONDS: '1', READ_PLANS: 'on', ...env },
      clock,
    });
    return new WebhookSetting(product, clock);
  }

  /** An admin's token; time that passes ends it. */
  admin(): Promise<string> {
    this.#admin ??= signInUser(this.product.database, { role: 'admin' }).then(({ token }) => token);
    return this.#admin;
  }

  /** Starts one more dispatcher. */
  async dispatch(bounds?: CollectorBounds): Promise<WebhookDispatcher> {
    const { server, database } = this.product;
    const report = (error: unknown) => this.failures.push(error);
    const dispatcher = await startWebhookDispatcher(database, server.house.webhooks, report, bounds);
    this.#dispatchers.push(dispatcher);
    return dispatcher;
  }

  /** Stops all dispatchers. */
  async rest(): Promise<void> {
    await Promise.all(this.#dispatchers.splice(0).map((one) => one.stop()));
  }

  async receiver(answer?: Answer): Promise<Receiver> {
    const receiver = await Receiver.start(answer);
    this.#receivers.push(receiver);
    return receiver;
  }

  /** Makes an endpoint with a receiver of its own. */
  async hook(
    answer?: Answer,
    { token = undefined as string | undefined, eventKinds = ['customer.changed'] as readonly string[] } = {},
  ): Promise<Hook> {
    const receiver = await this.receiver(answer);
    const input = { url: receiver.url, eventKinds, idempotencyKey: randomUUID() };
    const { data } = await this.product.graphql(CREATE, { input }, token ?? (await this.admin()));
    const { endpoint, secret, errors } = data.createWebhookEndpoint;
    if (errors.length > 0) throw new Error(`Refused: ${JSON.stringify(errors)}`);
    return { id: endpoint.id, secret, receiver };
  }

  /** Records events, in one transaction. */
  async record(...events: readonly NewEvent[]): Promise<void> {
    await this.product.database.transact(systemActor('test'), (work) => work.record(events));
  }

  /** Puts the clock forward and has dispatchers look. */
  advance(milliseconds: number): void {
    this.clock.advance(milliseconds);
    this.#admin = undefined;
    for (const dispatcher of this.#dispatchers) dispatcher.wake();
  }

  /** What an endpoint's field selection says now. */
  async endpoint(id: string, fields: string): Promise<Record<string, unknown>> {
    const document = `query ($id: ID!) { webhookEndpoint(id: $id) { ${fields} } }`;
    const { data, errors } = await this.product.graphql(document, { id }, await this.admin());
    if (errors) throw new Error(JSON.stringify(errors));
    return data.webhookEndpoint;
  }

  /** The deliveries of an endpoint, the first first. */
  async deliveries(id: string, fields = 'id state attemptCount'): Promise<Record<string, unknown>[]> {
    const list = `deliveries(first: 100, orderBy: { field: CREATED_AT, direction: ASC }) { nodes { ${fields} } }`;
    return ((await this.endpoint(id, list)).deliveries as { nodes: Record<string, unknown>[] }).nodes;
  }

  /** Sends a mutation with one input, and gives its payload. */
  async mutate(
    name: string,
    input: object,
    fields: string,
    token?: string,
    // biome-ignore lint/suspicious/noExplicitAny: a payload has the shape that its fields ask for
  ): Promise<any> {
    const type = `${name[0]!.toUpperCase()}${name.slice(1)}Input`;
    const document = `mutation ($input: ${type}!) { ${name}(input: $input) { ${fields} errors { code message path } } }`;
    const keyed = REVEALING.has(name) ? { idempotencyKey: randomUUID(), ...input } : input;
    const { data, errors } = await this.product.graphql(document, { input: keyed }, token ?? (await this.admin()));
    if (errors) throw new Error(JSON.stringify(errors));
    return data[name];
  }

  /** Waits until so many messages came, and a little for more. */
  async untilReceived(receiver: Receiver, count: number): Promise<void> {
    await until(
      async () => receiver.received.length >= count,
      `${count} messages, there are ${receiver.received.length}`,
    );
  }

  /** Waits until an endpoint's deliveries have these states. */
  async untilStates(id: string, ...states: readonly string[]): Promise<void> {
    const now = async () => (await this.deliveries(id)).map(({ state }) => state);
    await until(async () => (await now()).join() === states.join(), `states ${states.join()}`);
  }

  async stop(): Promise<void> {
    await this.rest();
    await Promise.all(this.#receivers.map((one) => one.stop()));
    await this.product.stop();
  }
}

/** The event that a customer was changed. */
export function changed(customer: number, version: number): NewEvent {
  const id = String(customer);
  return {
    kind: 'customer.changed',
    subject: { kind: 'Customer', id, version },
    data: { customerId: id, changed: ['name'], secretly: 'kept' },
  };
}

/** How a receiver lists such an event. */
export const seen = (customer: number, version: number) =>
  `customer.changed ${encodeId('Customer', String(customer))} ${version}`;
