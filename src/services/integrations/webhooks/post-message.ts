import { type IncomingMessage, type RequestOptions, request as requestPlain } from 'node:http';
import { request as requestTls } from 'node:https';
import { performance } from 'node:perf_hooks';
import { printable } from '../../shared/text/printable.js';
import { TargetRefused, type Targets } from './targets.js';

/** So much of an answer is read, in bytes; it is shown, and means nothing to us. */
const READ_BYTES = 4_096;
const LONGEST_EXCERPT = 1_000;
const LONGEST_ERROR = 300;

/** What came of sending a message once. */
export interface Sent {
  readonly startedAt: Date;
  readonly durationMs: number;
  /** The HTTP status; null where there was no answer. */
  readonly status: number | null;
  /** Why it failed, in words for a person; null when it was taken. */
  readonly error: string | null;
  /** The beginning of the answer. */
  readonly excerpt: string | null;
  /** How long the receiver asks to be left alone, as its header says it. */
  readonly retryAfter: string | null;
}

/** A request to be made. */
export interface Posting {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly startedAt: Date;
  /** Breaks it off. */
  readonly signal: AbortSignal;
}

/**
 * Sends a message by POST over a connection of its own and says what came of it; only a status of 200 to 299 is
 * success, and redirections are not followed. Never fails, unless it is broken off.
 *
 * @param timeoutMs for all of it
 * @throws Error when the signal breaks it off
 */
export async function postMessage(targets: Targets, timeoutMs: number, posting: Posting): Promise<Sent> {
  const began = performance.now();
  const end = (outcome: Pick<Sent, 'status' | 'error' | 'excerpt' | 'retryAfter'>): Sent => ({
    startedAt: posting.startedAt,
    durationMs: Math.round(performance.now() - began),
    ...outcome,
  });
  const timeout = AbortSignal.timeout(timeoutMs);
  try {
    const url = targets.read(posting.url);
    return end(await exchange(targets, url, posting, AbortSignal.any([posting.signal, timeout])));
  } catch (error) {
    if (posting.signal.aborted) throw error;
    const words = timeout.aborted ? `There was no answer within ${timeoutMs / 1000} s.` : explain(error as Error);
    return end({ status: null, error: words, excerpt: null, retryAfter: null });
  }
}

async function exchange(targets: Targets, url: URL, { headers, body }: Posting, signal: AbortSignal) {
  const options: RequestOptions = {
    method: 'POST',
    agent: false,
    lookup: targets.lookup,
    signal,
    headers: {
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(body),
      'user-agent': 'Switchboard-Webhooks/1',
      connection: 'close',
      ...headers,
    },
  };
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    const request = (url.protocol === 'https:' ? requestTls : requestPlain)(url, options, resolve);
    request.on('error', reject);
    request.end(body);
  });
  const status = response.statusCode!;
  const excerpt = await readBeginning(response);
  return { status, error: faultOf(status), excerpt, retryAfter: response.headers['retry-after'] ?? null };
}

/** Reads no more than is shown, and lets go of the connection; what breaks off after the status changes nothing. */
async function readBeginning(response: IncomingMessage): Promise<string | null> {
  const chunks: Buffer[] = [];
  let read = 0;
  try {
    for await (const chunk of response) {
      chunks.push(chunk as Buffer);
      read += (chunk as Buffer).length;
      if (read >= READ_BYTES) break;
    }
  } catch {
    // The status has said it.
  }
  response.destroy();
  const text = Buffer.concat(chunks).subarray(0, READ_BYTES).toString('utf8');
  return text === '' ? null : printable(text, LONGEST_EXCERPT);
}

function faultOf(status: number): string | null {
  if (status >= 200 && status < 300) return null;
  if (status >= 300 && status < 400) return `It was answered with ${status}: redirections are not followed.`;
  return `It was answered with ${status}.`;
}

function explain(error: Error & { readonly code?: string; readonly errors?: readonly Error[] }): string {
  if (error instanceof TargetRefused) return `Not sent: the URL ${error.message}.`;
  // Only the kind of failure: the words of the system name addresses.
  const code = error.code ?? error.errors?.map((one: Error & { readonly code?: string }) => one.code).find(Boolean);
  return printable(`There was no answer: ${code ?? 'the connection failed'}.`, LONGEST_ERROR);
}
