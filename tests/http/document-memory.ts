import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';

const DOCUMENTS = pathToFileURL(join(import.meta.dirname, '../../dist/http/documents/open-documents.js')).href;

/**
 * What the built product's cache counts for fifty documents of a selection, over what the heap grows by: the median of
 * five. In a process of its own, whose heap is small and still: that of a test runner gives memory back when it likes.
 */
export async function measureDocuments(selection: string): Promise<number> {
  const script = `
    const { buildSchema } = await import('graphql');
    const { OpenDocuments } = await import(${JSON.stringify(DOCUMENTS)});
    const schema = buildSchema('type Query { field(text: String): Int }');
    const most = 1e9;
    const limits = { depth: 10, cost: 100, breadth: most, fields: most, aliases: most, rootFields: most, repeats: most,
      tokens: most };
    const heap = () => {
      gc();
      gc();
      return process.memoryUsage().heapUsed;
    };
    const ratios = [];
    for (let round = 0; round < 5; round += 1) {
      const documents = new OpenDocuments(schema, limits, { documents: most, bytes: most });
      const find = (n) => documents.find({ query: 'query Q' + n + ' { ' + ${JSON.stringify(selection)} + ' }' });
      find(0);
      const before = heap();
      const counted = documents.cache.bytes;
      for (let n = 1; n <= 50; n += 1) find(n);
      const taken = heap() - before;
      if (documents.cache.size !== 51) throw new Error('Some documents were not kept.');
      ratios.push((documents.cache.bytes - counted) / taken);
    }
    console.log(ratios.sort((a, b) => a - b)[2]);`;
  const { stdout } = await promisify(execFile)(process.execPath, ['--expose-gc', '--input-type=module', '-e', script], {
    cwd: join(import.meta.dirname, '../..'),
    env: { PATH: process.env.PATH },
  });
  return Number(stdout);
}
