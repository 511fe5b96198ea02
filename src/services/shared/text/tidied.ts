// More marks on one letter than any script has: to bring them in order takes as long as the square of their number.
const HEAP_OF_MARKS = /\p{M}{31}/u;

// What shows nothing and means nothing at the end of a text, such as what comes along when it is copied.
const LOOSE = /[\s\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufff9-\ufffb]/;

// The pattern of Braille without dots is a symbol that shows nothing.
const VISIBLE = /[^\s\p{Default_Ignorable_Code_Point}\u2800\ufff9-\ufffb]/u;

/** A text in which a letter is one character where there is such a one: `й` and `и` with a breve are the same (NFC). */
export function composed(text: string): string {
  return HEAP_OF_MARKS.test(text) ? text : text.normalize('NFC');
}

/**
 * A text as it is kept, whatever wrote it: composed, without blanks and characters that show nothing at its ends; empty
 * where none of it shows. What joins an emoji stays.
 */
export function tidied(text: string): string {
  let start = 0;
  let end = text.length;
  while (start < end && LOOSE.test(text[start]!)) start += 1;
  while (start < end && LOOSE.test(text[end - 1]!)) end -= 1;
  const kept = text.slice(start, end);
  return VISIBLE.test(kept) ? composed(kept) : '';
}
