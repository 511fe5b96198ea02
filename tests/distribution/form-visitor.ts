import type { Product } from '../support/product.js';

/** A page as a browser gets it. */
export interface Page {
  readonly status: number;
  readonly headers: Headers;
  readonly html: string;
  /** Its text, without tags, and what they escape read. */
  readonly text: string;
}

const read = (escaped: string) =>
  escaped
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&');

/** What stands in a field of a page, as a browser would send it; undefined where there is no such field. */
export function fieldOf({ html }: Page, name: string): string | undefined {
  const area = new RegExp(`<textarea[^>]* name="${name}"[^>]*>\\n([^<]*)</textarea>`).exec(html)?.[1];
  const input = new RegExp(`<input[^>]* name="${name}"[^>]*>`).exec(html)?.[0];
  const value = area ?? (input && (/ value="([^"]*)"/.exec(input)?.[1] ?? ''));
  return value === undefined ? undefined : read(value);
}

/** What a page says is wrong, by field. */
export function faultsOf({ html }: Page): Record<string, string> {
  const found = html.matchAll(/<p class="fault" id="(\w+)-fault">([^<]*)<\/p>/g);
  return Object.fromEntries([...found].map(([, field, words]) => [field!, read(words!)]));
}

/** What a page says above the form. */
export function noticeOf({ html }: Page): string | undefined {
  const words = /<p class="notice" role="alert">([^<]*)<\/p>/.exec(html)?.[1];
  return words === undefined ? undefined : read(words);
}

/** Somebody with a browser that runs no scripts. */
export class FormVisitor {
  constructor(
    private readonly product: Product,
    private readonly path: string,
    private readonly headers: Readonly<Record<string, string>> = {},
  ) {}

  /** Opens the form, or a page below it. */
  open(below = ''): Promise<Page> {
    return this.#fetch(`${this.path}${below}`, {});
  }

  /** Types into a page and sends it, as it is: a redirection is not followed. */
  send(page: Page, typed: Readonly<Record<string, string>>): Promise<Page> {
    const fields = ['name', 'phone', 'email', 'message', 'topic', 'token'];
    const values = fields.map((name) => [name, typed[name] ?? fieldOf(page, name) ?? ''] as [string, string]);
    // Browsers end each line with both characters.
    const body = new URLSearchParams(
      values.map(([name, value]): [string, string] => [name, value.replaceAll('\n', '\r\n')]),
    );
    return this.post(body.toString());
  }

  post(body: string, type = 'application/x-www-form-urlencoded'): Promise<Page> {
    return this.#fetch(this.path, { method: 'POST', headers: { 'content-type': type }, body });
  }

  /** Where a page sends its visitor on to. */
  follow({ headers }: Page): Promise<Page> {
    const location = new URL(headers.get('location')!, `${this.product.url}${this.path}`);
    return this.#fetch(location.pathname, {});
  }

  async #fetch(path: string, init: RequestInit): Promise<Page> {
    const response = await fetch(`${this.product.url}${path}`, {
      ...init,
      headers: { ...this.headers, ...init.headers },
      redirect: 'manual',
    });
    const html = await response.text();
    const text = read(html.replace(/<style>.*<\/style>/s, '').replace(/<[^>]*>/g, ' '));
    return { status: response.status, headers: response.headers, html, text };
  }
}
