import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Webhook } from 'standardwebhooks';

/** A message as it reached a receiver. */
export interface Received {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
  readonly at: number;
  readonly id: string;
  /** The body, read. */
  readonly message: {
    readonly type: string;
    readonly timestamp: string;
    readonly cursor: string;
    readonly subject: { readonly type: string; readonly id: string; readonly version: number };
    readonly data: Record<string, unknown>;
  };
}

/** How a receiver answers. */
export type Answer = (received: Received, response: ServerResponse, count: number) => void | Promise<void>;

const ok: Answer = (_received, response) => {
  response.end('ok');
};

/** A partner's HTTP server on loopback. */
export class Receiver {
  readonly received: Received[] = [];
  answer: Answer = ok;

  private constructor(
    private readonly server: Server,
    readonly url: string,
  ) {}

  static async start(answer: Answer = ok): Promise<Receiver> {
    let receiver: Receiver | undefined;
    const server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const body = Buffer.concat(chunks).toString();
        const received: Received = {
          path: request.url!,
          headers: request.headers,
          body,
          at: Date.now(),
          id: String(request.headers['webhook-id']),
          message: JSON.parse(body),
        };
        receiver!.received.push(received);
        void receiver!.answer(received, response, receiver!.received.length);
      });
      request.on('error', () => undefined);
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    receiver = new Receiver(server, `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`);
    receiver.answer = answer;
    return receiver;
  }

  /** The messages' subjects with their versions, in the order in which they came. */
  get versions(): string[] {
    return this.received.map(({ message }) => `${message.type} ${message.subject.id} ${message.subject.version}`);
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    this.server.close();
    await once(this.server, 'close');
  }
}

/** Answers with a status. */
export const status =
  (code: number, headers: Record<string, string> = {}): Answer =>
  (_received, response) => {
    response.writeHead(code, headers).end();
  };

/** Whether the stock library of Standard Webhooks takes a message for one signed with a secret. */
export function isSigned({ body, headers }: Received, secret: string): boolean {
  try {
    new Webhook(secret).verify(body, headers as Record<string, string>);
    return true;
  } catch {
    return false;
  }
}
