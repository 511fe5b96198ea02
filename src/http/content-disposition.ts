const EXTENDED = /;\s*filename\*\s*=\s*utf-8''([^;\s]+)/i;
const QUOTED = /;\s*filename\s*=\s*"((?:[^"\\]|\\.)*)"/i;
const BARE = /;\s*filename\s*=\s*([^;"\s]+)/i;

/** The file's name in a Content-Disposition header (RFC 6266); undefined when it gives none. */
export function nameInDisposition(header: string | undefined): string | undefined {
  if (!header) return undefined;
  const extended = EXTENDED.exec(header)?.[1];
  if (extended) {
    try {
      return decodeURIComponent(extended);
    } catch {
      // The plain name beside it is read below.
    }
  }
  return QUOTED.exec(header)?.[1]?.replace(/\\(.)/g, '$1') ?? BARE.exec(header)?.[1];
}
