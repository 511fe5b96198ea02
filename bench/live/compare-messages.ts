import { setTimeout as sleep } from 'node:timers/promises';
import type { Contender } from './contenders.ts';
import { type Audience, type LiveMessage, QUERY } from './live-message.ts';
import type { Child } from './processes/child.ts';
import { untilArrived } from './sockets-of.ts';

/** Sockets that are enough to see what is shown to whom. */
const SOCKETS = 3;
/** A subscription is not acknowledged. */
const SUBSCRIBING_MS = 1_000;

/** What all contenders were found to send for one call. */
export interface Compared {
  readonly base: LiveMessage;
  /** A frame's payload, envelope included. */
  readonly bytes: number;
}

/**
 * Lets everybody tell of the same call, and compares what comes.
 *
 * @param contenders the product first
 * @throws Error that shows the difference
 */
export async function compareMessages(
  client: Child,
  contenders: readonly Contender[],
  audience: Audience,
): Promise<Compared> {
  const [product, ...peers] = contenders;
  const wanted = await messagesOf(client, product!, audience, undefined);
  const messages = wanted.map(messageIn);
  const seen = messages.filter(({ call }) => call !== null);
  if (seen.length !== (audience === 'scoped' ? 1 : SOCKETS)) {
    throw new Error(`product: shows a call to the wrong ones:\n${wanted.join('\n')}`);
  }
  const base = seen[0]!;
  for (const peer of peers) {
    const came = await messagesOf(client, peer, audience, base);
    const [theirs, ours] = [came, wanted].map((texts) => texts.map(payloadIn).sort().join('\n'));
    if (theirs !== ours) throw new Error(`${peer.name} sends\n${theirs}\nwhere the product sends\n${ours}`);
  }
  return { base, bytes: Buffer.byteLength(wanted[messages.indexOf(base)]!) };
}

/** What comes to a few sockets of one call, by the sockets' places. */
async function messagesOf(
  client: Child,
  contender: Contender,
  audience: Audience,
  base: LiveMessage | undefined,
): Promise<string[]> {
  const tokens = await contender.admit(audience, SOCKETS, base);
  await client.ask('open', { port: contender.port, query: QUERY, tokens });
  try {
    await sleep(SUBSCRIBING_MS);
    // The product's first message tells the size of the operation too.
    if (!base) await publishOne(client, contender, 1);
    await client.ask('keep', [...tokens.keys()]);
    await publishOne(client, contender, base ? 1 : 2);
    const kept = await client.ask<string[][]>('kept');
    if (kept.some((texts) => texts.length !== 1)) {
      throw new Error(`${contender.name}: of one message ${kept.map(({ length }) => length)} came to the sockets.`);
    }
    return kept.flat();
  } finally {
    await client.ask('close').catch(() => undefined);
  }
}

async function publishOne(client: Child, contender: Contender, messages: number): Promise<void> {
  await contender.publish(1);
  await untilArrived(client, contender, messages);
}

interface Frame {
  readonly payload: { readonly data: { readonly callFeed: LiveMessage } };
}

const messageIn = (text: string): LiveMessage => (JSON.parse(text) as Frame).payload.data.callFeed;

/** The payload's text; the envelope's fields may come in another order. */
const payloadIn = (text: string): string => JSON.stringify((JSON.parse(text) as Frame).payload);
