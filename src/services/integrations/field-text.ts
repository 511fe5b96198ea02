/** Where in a member of a list something stands, for people, who count from 1: `weights 1, operator`. */
export function fieldText(path: readonly string[]): string {
  return path.reduce((text, part) => {
    if (/^\d+$/.test(part)) return `${text} ${Number(part) + 1}`.trimStart();
    return text === '' ? part : `${text}, ${part}`;
  }, '');
}
