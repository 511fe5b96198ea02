/** A bracket, or what may hold one that counts for nothing: a block string, a string, a comment. */
const LEXEME = /"""(?:[^"\\]|\\"""|\\|"(?!""))*(?:""")?|"(?:[^"\\\r\n]|\\.)*"?|#[^\r\n]*|[([{]|[)\]}]/g;

/**
 * Whether the brackets of a document's text nest deeper than so many levels.
 *
 * Told without parsing, in time with the text's length. The text need not be valid: behind what is no GraphQL the
 * brackets may be counted wrong, but no parser gets there.
 */
export function nestsDeeperThan(source: string, levels: number): boolean {
  let depth = 0;
  for (const [lexeme] of source.matchAll(LEXEME)) {
    if (lexeme === '{' || lexeme === '(' || lexeme === '[') depth += 1;
    else if (lexeme === '}' || lexeme === ')' || lexeme === ']') depth -= 1;
    if (depth > levels) return true;
  }
  return false;
}
