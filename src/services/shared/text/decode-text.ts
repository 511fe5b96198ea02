import { refuseInput } from '../errors/refusal.js';

/**
 * Reads bytes as UTF-8 text, with a byte order mark or without; every line ends in a line feed, whatever it ended in.
 *
 * @throws Refusal with BAD_USER_INPUT on the path `file` for bytes that are no UTF-8
 */
export async function* decodeText(source: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  const decode = (bytes?: Uint8Array) => {
    try {
      return bytes ? decoder.decode(bytes, { stream: true }) : decoder.decode();
    } catch {
      throw refuseInput(['file'], 'This file is no text in UTF-8.');
    }
  };
  // A carriage return at the end of a piece waits for the line feed that may follow.
  let kept = '';
  for await (const bytes of source) {
    const text = kept + decode(bytes);
    kept = text.endsWith('\r') ? '\r' : '';
    const whole = text.slice(0, text.length - kept.length);
    if (whole !== '') yield whole.replace(/\r\n?/g, '\n');
  }
  const rest = kept + decode();
  if (rest !== '') yield rest.replace(/\r\n?/g, '\n');
}
