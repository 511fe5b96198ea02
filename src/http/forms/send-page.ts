import type { FastifyReply, FastifyRequest } from 'fastify';
import { renderWords } from './form-page.js';
import { FORM_STYLE_HASH } from './form-style.js';
import { FORM_WORDS, languageOf } from './form-words.js';

/** Whether a browser asks for it to be shown within a page. */
export function isEmbedded({ headers }: FastifyRequest): boolean {
  return headers['sec-fetch-dest'] === 'iframe';
}

/** By another request, so that to load the page of thanks again sends nothing again. */
export function sendToThanks(reply: FastifyReply, slug: string): FastifyReply {
  return reply.code(303).header('location', `${slug}/thanks`).header('cache-control', 'no-store').send();
}

/** Answers that there is no such form. */
export function sendUnknown(request: FastifyRequest, reply: FastifyReply): FastifyReply {
  return sendWords(request, reply, { status: 404, say: 'unknown' });
}

/** Says in the language of the browser's why there is no form to show. */
export function sendWords(
  request: FastifyRequest,
  reply: FastifyReply,
  { status, say }: { readonly status: number; readonly say: 'unknown' | 'unreadable' | 'broken' },
): FastifyReply {
  const words = FORM_WORDS[languageOf(request.headers['accept-language'])];
  return sendPage(reply, { status, page: renderWords(words, words[say], isEmbedded(request)), origins: [] });
}

/** Sends a page that runs nothing, loads nothing, and is shown within pages of these sites; of any where none is named. */
export function sendPage(
  reply: FastifyReply,
  { status, page, origins }: { readonly status: number; readonly page: string; readonly origins: readonly string[] },
): FastifyReply {
  const policy = [
    "default-src 'none'",
    `style-src '${FORM_STYLE_HASH}'`,
    'img-src data:',
    "form-action 'self'",
    "base-uri 'none'",
    `frame-ancestors ${origins.length === 0 ? '*' : `'self' ${origins.join(' ')}`}`,
  ];
  return reply
    .code(status)
    .header('content-security-policy', policy.join('; '))
    .header('x-content-type-options', 'nosniff')
    .header('referrer-policy', 'no-referrer')
    .header('cache-control', 'no-store')
    .type('text/html; charset=utf-8')
    .send(page);
}
