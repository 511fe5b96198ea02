import { type DocumentNode, TokenKind } from 'graphql';

/** How many lexical tokens a parsed document is held together by. */
export interface DocumentTokens {
  /** Those that say something. */
  readonly words: number;
  /** Comments: the parser passes over them, and keeps each for as long as the document. */
  readonly comments: number;
}

/** Counts the tokens of a document that was parsed with its locations. */
export function countTokens({ loc }: DocumentNode): DocumentTokens {
  let words = 0;
  let comments = 0;
  for (let token = loc?.startToken; token; token = token.next ?? undefined) {
    if (token.kind === TokenKind.COMMENT) comments += 1;
    else if (token.kind !== TokenKind.SOF && token.kind !== TokenKind.EOF) words += 1;
  }
  return { words, comments };
}
