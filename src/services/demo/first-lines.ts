import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';

/** The first lines of a file of text, for those who want no more of it. */
export async function* firstLines(path: string, count: number): AsyncGenerator<Buffer> {
  let left = count;
  const lines = createInterface({ input: createReadStream(path), crlfDelay: Number.POSITIVE_INFINITY });
  try {
    for await (const line of lines) {
      if (left === 0) return;
      left -= 1;
      yield Buffer.from(`${line}\n`);
    }
  } finally {
    lines.close();
  }
}
