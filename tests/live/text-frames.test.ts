import * as ws from 'ws';
import { textFrames } from '../../src/http/live/text-frames.js';

/** What a client reads of bytes, by ws's own reader. */
async function readBy(bytes: Buffer): Promise<string[]> {
  // Its types leave it out.
  const { Receiver } = ws as unknown as { Receiver: new (options: object) => NodeJS.WritableStream };
  const receiver = new Receiver({});
  const read: string[] = [];
  receiver.on('message', (data: Buffer, isBinary: boolean) => read.push(isBinary ? 'binary' : String(data)));
  receiver.write(bytes);
  await new Promise((resume) => setTimeout(resume, 20));
  return read;
}

describe('frames of text', () => {
  it.each([[0], [1], [125], [126], [127], [65_535], [65_536], [200_000]])(
    'are read as they were written, %i bytes and others behind',
    async (length) => {
      const prefix = Buffer.from('привет'.slice(0, length > 12 ? 6 : 0));
      const messages = [length, 3, length].map((size) => ({
        prefix,
        payload: Buffer.alloc(Math.max(0, size - prefix.length), 'x'),
      }));
      expect(await readBy(textFrames(messages))).toEqual(
        messages.map(({ payload }) => Buffer.concat([prefix, payload]).toString()),
      );
    },
  );
});
