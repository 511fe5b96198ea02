import { z } from 'zod';
import { PUBLIC_EVENT_KINDS } from '../../event-kinds.js';
import type { Actor } from '../../shared/access/actor.js';
import type { Rights } from '../../shared/access/rights.js';
import { refuseInput } from '../../shared/errors/refusal.js';
import { lineInput, textInput } from '../../shared/text/text-input.js';
import { mayReceive } from './owner-rights.js';
import { TargetRefused } from './targets.js';
import type { Webhooks } from './webhooks.js';

/** The inputs that making and changing an endpoint have in common. */
export const endpointUrl = lineInput(2000);
export const endpointDescription = textInput(500).transform((text) => text || null);
export const endpointKinds = z
  .array(z.string('must be text').refine((kind) => PUBLIC_EVENT_KINDS.has(kind), 'is no kind of event that is sent'))
  .min(1, 'must name at least one kind of event')
  .max(200, 'must name at most 200 kinds of events')
  .transform((kinds) => [...new Set(kinds)]);

/**
 * Checks where messages are to go, by looking the name up: outside of any transaction.
 *
 * @throws Refusal with BAD_USER_INPUT at the input's `url`, RATE_LIMITED while the actor has several checked
 */
export async function checkTarget({ targets, checks }: Webhooks, { key }: Actor, url: string): Promise<void> {
  const path = ['input', 'url'];
  try {
    if (targets.isNamed(url.trim())) await checks.run(key, path, () => targets.check(url.trim()));
  } catch (error) {
    throw error instanceof TargetRefused ? refuseInput(path, error.message) : error;
  }
}

/** @throws Refusal with BAD_USER_INPUT for kinds of events that whose endpoint it is may not read */
export function checkKinds(rights: Rights, kinds: readonly string[]): void {
  const wrong = kinds.findIndex((kind) => !mayReceive(rights, kind));
  if (wrong < 0) return;
  const message = `may not be read by whose endpoint it is: ${kinds[wrong]}`;
  throw refuseInput(['input', 'eventKinds', String(wrong)], message);
}
