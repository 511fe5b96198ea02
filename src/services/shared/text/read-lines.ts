/** A line of a text by its number, from 1; without its text where it is too long to be read. */
export interface TextLine {
  readonly line: number;
  readonly text: string | undefined;
}

/**
 * Takes a text apart into its lines, of which it never keeps more than one.
 *
 * @param pieces the text, with line feeds alone
 * @param longest characters that a line may have
 */
export async function* readLines(pieces: AsyncIterable<string>, longest: number): AsyncGenerator<TextLine> {
  let line = 1;
  let kept: string | undefined = '';
  for await (const piece of pieces) {
    const [first, ...others] = piece.split('\n') as [string, ...string[]];
    kept = joined(kept, first, longest);
    for (const other of others) {
      yield { line, text: kept };
      line += 1;
      kept = joined('', other, longest);
    }
  }
  if (kept !== '') yield { line, text: kept };
}

function joined(start: string | undefined, end: string, longest: number): string | undefined {
  return start === undefined || start.length + end.length > longest ? undefined : start + end;
}
