import type { Json } from '../questions/canonical-answer.ts';

/** Where requests go, and what they carry. */
export interface Target {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
}

/**
 * Asks once.
 *
 * @returns `data` of the answer, with the answer's text
 * @throws Error when the status is not 200, or the answer has errors
 */
export async function ask(
  { url, headers }: Target,
  body: string,
): Promise<{ readonly data: Readonly<Record<string, Json>>; readonly text: string }> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body,
  });
  const text = await response.text();
  if (response.status !== 200 || text.includes('"errors":')) {
    throw new Error(`${url} answered ${response.status} to ${body}:\n${text.slice(0, 2000)}`);
  }
  return { data: (JSON.parse(text) as { data: Record<string, Json> }).data, text };
}
