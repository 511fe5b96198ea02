import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { Pool } from 'pg';
import { announceListening } from '../../shared/announce-listening.ts';
import { CONCATENATED } from './json-text.ts';
import { statementsOf } from './statements.ts';

/**
 * The floor as a process of its own: the least that can be done. A request names a statement and has its values; the
 * statement's text is the answer, and nobody reads it on the way.
 */
const { DATABASE_URL = '', DATABASE_POOL_SIZE = '10' } = process.env;
const statements = statementsOf(CONCATENATED);
const pool = new Pool({
  connectionString: DATABASE_URL,
  max: Number(DATABASE_POOL_SIZE),
  options: '-c timezone=UTC',
});
pool.on('error', () => undefined);

interface Asked {
  readonly statement: string;
  readonly values: readonly string[];
}

async function answer({ statement, values }: Asked): Promise<string> {
  const text = statements[statement]!;
  const { rows } = await pool.query<[string]>({ name: statement, text, values: [...values], rowMode: 'array' });
  return `{"data":${rows[0]![0]}}\n`;
}

function serve(request: IncomingMessage, response: ServerResponse): void {
  let body = '';
  request.setEncoding('utf8');
  request.on('data', (chunk: string) => {
    body += chunk;
  });
  request.on('end', () => {
    answer(JSON.parse(body) as Asked).then(
      (text) => {
        response.writeHead(200, {
          'content-type': 'application/json; charset=utf-8',
          'content-length': Buffer.byteLength(text),
        });
        response.end(text);
      },
      (error: Error) => {
        response.writeHead(500, { 'content-type': 'application/json; charset=utf-8' });
        response.end(JSON.stringify({ errors: [{ message: error.message }] }));
      },
    );
  });
}

announceListening(createServer(serve));
