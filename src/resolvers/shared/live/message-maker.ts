import { execute, GraphQLError, type GraphQLFormattedError } from 'graphql';
import { createContext, type House } from '../../../context.js';
import type { Actor } from '../../../services/shared/access/actor.js';
import { NO_CLIENT } from '../../../services/shared/access/client.js';
import type { Rights } from '../../../services/shared/access/rights.js';
import { isTransient } from '../../../services/shared/database/transient-error.js';
import type { CoercedVariables } from '../coerced-variables.js';
import type { LiveOperation } from './live-operation.js';
import { LivePlan } from './live-plan.js';
import type { LiveRow } from './live-row.js';
import { type Payload, payloadOfAnswer, payloadOfData } from './payload.js';

/** A subscription's variables as they came, and as their types read them. */
export interface LiveVariables {
  readonly given: Readonly<Record<string, unknown>>;
  readonly coerced: CoercedVariables;
}

/** What all subscriptions of a process make their messages with. */
export interface MessageTools {
  readonly house: House;
  /** Whether statements make messages where they can; `compare` also lets the resolvers, and reports what differs. */
  readonly plans: 'on' | 'off' | 'compare';
  /** Shows an error to a client. */
  readonly present: (error: GraphQLError) => GraphQLFormattedError;
  readonly report: (error: unknown) => void;
}

/** A message to make: a row as an actor sees it; requests of one group have the same message for the same row. */
export interface MessageRequest {
  readonly row: LiveRow;
  readonly actor: Actor;
  readonly group: string;
}

const MOST_ATTEMPTS = 4;

/** The plan of a message gave something else than the resolvers. */
export class MessageDiffers extends Error {}

/** Makes the messages of one subscription with certain variables, for everybody who has certain rights. */
export class MessageMaker {
  private constructor(
    private readonly operation: LiveOperation,
    private readonly variables: LiveVariables,
    private readonly plan: LivePlan | undefined,
    private readonly tools: MessageTools,
  ) {}

  static async of(
    operation: LiveOperation,
    variables: LiveVariables,
    rights: Rights,
    tools: MessageTools,
  ): Promise<MessageMaker> {
    const plan =
      tools.plans === 'off'
        ? undefined
        : await LivePlan.of(operation, variables.coerced, rights, tools.house).catch((error: unknown) => {
            tools.report(error);
            return undefined;
          });
    return new MessageMaker(operation, variables, plan, tools);
  }

  /** Whether one statement makes the messages. */
  get isPlanned(): boolean {
    return this.plan !== undefined;
  }

  /** The same text for actors, of the rights that this is for, whose messages are the same. */
  groupOf(actor: Actor): string {
    return this.plan ? this.plan.groupOf(actor) : identityOf(actor);
  }

  /**
   * Makes messages, in the order of the requests.
   *
   * @throws Error where the database is away: a message that tells nothing would take the event's place
   */
  async make(requests: readonly MessageRequest[]): Promise<Payload[]> {
    const { plan, tools } = this;
    if (!plan) return Promise.all(requests.map(async (request) => payloadOfAnswer(await this.#resolve(request))));
    const texts = await plan
      .texts(requests.map(({ actor, row }) => plan.scopeOf(actor, row)))
      .catch((error: unknown) => {
        // The resolvers may make a part of it, and say of the rest that it failed.
        tools.report(error);
        return undefined;
      });
    if (!texts) return Promise.all(requests.map(async (request) => payloadOfAnswer(await this.#resolve(request))));
    if (tools.plans === 'compare') return Promise.all(requests.map((request, i) => this.#compared(request, texts[i]!)));
    return texts.map(payloadOfData);
  }

  /** Somebody may have written between the two readings: a difference counts when it is there each time. */
  async #compared(request: MessageRequest, first: string): Promise<Payload> {
    let planned = first;
    for (let attempt = 1; ; attempt += 1) {
      const { data, errors } = await this.#resolve(request);
      const resolved = JSON.stringify(errors ? { data, errors } : data);
      if (planned === resolved) return payloadOfData(planned);
      if (attempt === MOST_ATTEMPTS) {
        const message = `The plan made ${planned}, the resolvers ${resolved}.`;
        const error = new GraphQLError(message, { originalError: new MessageDiffers(message) });
        return payloadOfAnswer({ data: null, errors: [this.tools.present(error)] });
      }
      [planned] = (await this.plan!.texts([this.plan!.scopeOf(request.actor, request.row)])) as [string];
    }
  }

  async #resolve({ row, actor }: MessageRequest): Promise<{ data?: unknown; errors?: GraphQLFormattedError[] }> {
    const { schema, document, node } = this.operation;
    const { house, present } = this.tools;
    const { data, errors } = await execute({
      schema,
      document: { ...document, definitions: [node, ...document.definitions.filter((one) => one.kind !== node.kind)] },
      rootValue: row,
      variableValues: this.variables.given,
      contextValue: createContext(house, actor, NO_CLIENT),
    });
    const lost = errors?.find(({ originalError }) => isTransient(originalError));
    if (lost) throw lost.originalError;
    return { data, ...(errors ? { errors: errors.map(present) } : {}) };
  }
}

/** Tells apart, among actors of equal rights, whoever may be shown different things. */
export function identityOf(actor: Actor): string {
  return JSON.stringify({ ...actor, permissions: undefined });
}
