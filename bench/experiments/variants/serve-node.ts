import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http';
import { announceListening } from '../../shared/announce-listening.ts';
import type { Request } from './open-context.ts';

/** An answer of status 200, with its content type where it has one of its own. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
}

/** Serves POST requests with nothing but Node's own server, and tells the parent process where. */
export function serveNode(answer: (request: Request) => Promise<Answer>): void {
  announceListening(createServer((request, response) => void receive(request, response, answer)));
}

async function receive(
  request: IncomingMessage,
  response: ServerResponse,
  answer: (request: Request) => Promise<Answer>,
): Promise<void> {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => {
    const asked = asRequest(request, chunks);
    asked.then(answer).then(
      ({ status, headers, text }) => {
        response.writeHead(status, { ...headers, 'content-length': Buffer.byteLength(text) });
        response.end(text);
      },
      (error: Error) => {
        response.writeHead(500, { 'content-type': 'application/json; charset=utf-8' });
        response.end(JSON.stringify({ errors: [{ message: error.message }] }));
      },
    );
  });
}

async function asRequest(request: IncomingMessage, chunks: readonly Buffer[]): Promise<Request> {
  return {
    method: request.method ?? 'POST',
    url: request.url ?? '/graphql',
    headers: request.headers as IncomingHttpHeaders,
    ip: request.socket.remoteAddress ?? '',
    body: JSON.parse(String(chunks.length === 1 ? chunks[0] : Buffer.concat(chunks))) as unknown,
  };
}
