import type { OperationDefinitionNode } from 'graphql';
import type { Actor } from '../../../services/shared/access/actor.js';
import { rightsOf } from '../../../services/shared/access/rights.js';
import { Channel } from './channel.js';
import type { LiveOperation } from './live-operation.js';
import { type LiveVariables, MessageMaker, type MessageTools } from './message-maker.js';

interface OpenChannel {
  readonly key: string;
  readonly operation: OperationDefinitionNode;
  readonly channel: Promise<Channel>;
  uses: number;
}

/** The channels that somebody uses: one for an operation, its variables and the rights of who asks. */
export class OpenChannels {
  readonly #byOperation = new Map<OperationDefinitionNode, Map<string, OpenChannel>>();
  readonly #opened = new Map<Channel, OpenChannel>();

  constructor(private readonly tools: MessageTools) {}

  get size(): number {
    return this.#opened.size;
  }

  [Symbol.iterator](): IterableIterator<Channel> {
    return this.#opened.keys();
  }

  /** The channel of an operation for an actor's rights; to be released. */
  async use(operation: LiveOperation, variables: LiveVariables, actor: Actor): Promise<Channel> {
    const open = this.#find(operation, variables, actor);
    open.uses += 1;
    try {
      const channel = await open.channel;
      this.#opened.set(channel, open);
      return channel;
    } catch (error) {
      this.#close(open);
      throw error;
    }
  }

  /** Lets go of a channel, which ends when nobody uses it. */
  release(channel: Channel): void {
    const open = this.#opened.get(channel);
    if (!open) return;
    open.uses -= 1;
    if (open.uses > 0) return;
    this.#opened.delete(channel);
    this.#close(open);
  }

  #find(operation: LiveOperation, variables: LiveVariables, actor: Actor): OpenChannel {
    const rights = rightsOf(actor);
    const key = `${rights.key} ${operation.shapeOf(variables.coerced)}`;
    const byKey = this.#byOperation.get(operation.node) ?? new Map<string, OpenChannel>();
    this.#byOperation.set(operation.node, byKey);
    const known = byKey.get(key);
    if (known) return known;
    const args = operation.argumentsWith(variables.coerced);
    const channel = MessageMaker.of(operation, variables, rights, this.tools).then(
      (maker) => new Channel(operation, maker, args, this.tools.report),
    );
    const open: OpenChannel = { key, operation: operation.node, channel, uses: 0 };
    byKey.set(key, open);
    return open;
  }

  #close({ operation, key }: OpenChannel): void {
    const byKey = this.#byOperation.get(operation);
    byKey?.delete(key);
    if (byKey?.size === 0) this.#byOperation.delete(operation);
  }
}
