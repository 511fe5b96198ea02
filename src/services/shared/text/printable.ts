const CONTROLS = /\p{Cc}+/gu;
const LONGEST_QUOTE = 60;

/** A text with nothing in it that PostgreSQL cannot store or that a terminal would obey, and not longer than `longest`. */
export function printable(text: string, longest: number): string {
  const plain = text.toWellFormed().replace(CONTROLS, ' ');
  const characters = [...plain.slice(0, 2 * longest + 2)];
  return characters.length > longest ? `${characters.slice(0, longest - 1).join('')}…` : plain;
}

/** A piece of somebody's file as a message quotes it. */
export function quoted(text: string): string {
  return `“${printable(text, LONGEST_QUOTE)}”`;
}
