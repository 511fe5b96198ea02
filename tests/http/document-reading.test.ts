import { buildSchema } from 'graphql';
import { nestsDeeperThan } from '../../src/http/documents/document-nesting.js';
import { KnownDocument } from '../../src/http/documents/known-document.js';
import { readDocument } from '../../src/http/documents/read-document.js';

const schema = buildSchema('type Query { field(text: String, list: [Int]): Int, again: Query }');
const LIMITS = {
  depth: 1_000,
  cost: 1_000_000,
  breadth: 10_000,
  fields: 10_000,
  aliases: 10_000,
  rootFields: 10_000,
  repeats: 10_000,
  tokens: 4_000,
};

const read = (source: string) => readDocument(schema, LIMITS, source);
const tooLarge = (words: RegExp) => ({
  faults: [{ message: expect.stringMatching(words), originalError: { code: 'LIMIT_EXCEEDED' } }],
});
const nested = (levels: number) => `${'{ again '.repeat(levels - 1)}{ field ${'}'.repeat(levels)}`;

describe('a document', () => {
  it('may have as many tokens as are allowed, comments counted', () => {
    const comments = (count: number) => `{ field }${'\n# why'.repeat(count)}`;
    expect(read(comments(3_997))).toBeInstanceOf(KnownDocument);
    expect(read(comments(3_998))).toMatchObject(tooLarge(/more than 4000 tokens, comments included/));
    const words = (count: number) => `{ field(list: [${'1 '.repeat(count - 9)}]) }`;
    expect(read(words(4_000))).toBeInstanceOf(KnownDocument);
    expect(read(words(4_001))).toMatchObject(tooLarge(/more than 4000 tokens/));
  });

  it('of nothing but comments is refused before it is read to its end', () => {
    const source = `{ field }${'\n#'.repeat(32_000)}`;
    read(source);
    const before = performance.now();
    for (let n = 0; n < 10; n += 1) expect(read(source)).toMatchObject(tooLarge(/more than 4000 tokens/));
    expect(performance.now() - before).toBeLessThan(500);
  });

  it('may be 64 Ki characters long', () => {
    const long = (length: number) => '{ field }'.padEnd(length);
    expect(read(long(65_536))).toBeInstanceOf(KnownDocument);
    expect(read(long(65_537))).toMatchObject(tooLarge(/65537 characters; at most 65536/));
  });

  it('may nest 200 levels of brackets', () => {
    expect(read(nested(200))).toBeInstanceOf(KnownDocument);
    expect(read(nested(201))).toMatchObject(tooLarge(/nested too deeply: at most 200/));
    const list = (levels: number) => `{ field(list: ${'['.repeat(levels)}${']'.repeat(levels)}) }`;
    expect(read(list(198))).toMatchObject({ faults: [{ extensions: { code: 'GRAPHQL_VALIDATION_FAILED' } }] });
    expect(read(list(199))).toMatchObject(tooLarge(/nested too deeply/));
    for (const open of ['{a', '{a(b:[', '{a(b:{c:', 'query($a:[', '{...{'])
      expect(read(open.repeat(1_900))).toMatchObject(tooLarge(/nested too deeply/));
  });

  it('that exhausts the stack all the same is refused, not a failure of ours', () => {
    const source = nested(200);
    // Reads as near to the stack's end as a refusal can still be told: there no 200 levels can be followed.
    const readAtTheEnd = (): ReturnType<typeof readDocument> => {
      try {
        return readAtTheEnd();
      } catch {
        return read(source);
      }
    };
    expect(readAtTheEnd()).toMatchObject(tooLarge(/nested too deeply/));
  });
});

describe('the brackets of a text', () => {
  it.each([
    ['strings', '{ a(b: "((((") }', 2],
    ['strings with escapes', String.raw`{ a(b: "\"((((\\") }`, 2],
    ['empty strings', '{ a(b: "") b(b: "") }', 2],
    ['block strings', '{ a(b: """(( " (( "" (( """) }', 2],
    ['block strings with escapes', String.raw`{ a(b: """((\"""((\ """) }`, 2],
    ['comments', '{ # ((((\n a }', 1],
    ['closing ones of strings and comments', `${'{ a(b: ")}") #)}\n'.repeat(3)}`, 4],
    ['closing ones of block strings', '{ a(b: """)}""") { b(b: [1])', 4],
    ['brackets that are closed', '{ a { b(c: [1, [2]]) } d { e } }', 5],
  ])('are counted without those of %s', (_what, source, depth) => {
    expect(nestsDeeperThan(source, depth)).toBe(false);
    expect(nestsDeeperThan(source, depth - 1)).toBe(true);
  });

  it.each([
    ['a long block string', `{ a(b: """${'a" \\""" '.repeat(9_000)}""") }`],
    ['a block string without an end', `{ a(b: """${'\\"""'.repeat(16_000)}`],
    ['strings without an end', '{ a(b: "\\"\n'.repeat(5_000)],
    ['quotes', '"'.repeat(65_536)],
  ])('are counted at once in %s', (_what, source) => {
    const before = performance.now();
    nestsDeeperThan(source, 1_000_000);
    expect(performance.now() - before).toBeLessThan(200);
  });
});
