import { refuseInput } from '../shared/errors/refusal.js';
import { html } from '../shared/text/html.js';

/** Enough for the form with a message of several lines and errors beside its fields. */
const HEIGHT = 720;
/** In characters. */
const LONGEST_ADDRESS = 2_000;

/** What all web forms are below, on the product's own address. */
export const FORMS = '/forms';

/** Where the page of a web form is, on the product's own address. */
export function webFormPath(slug: string): string {
  return `${FORMS}/${slug}`;
}

/**
 * The tag that puts a web form into a page of any site.
 *
 * @param baseUrl where browsers reach the product
 * @throws Refusal with BAD_USER_INPUT for what is no address of a web server, or has more than 2,000 characters
 */
export function webFormEmbed(
  { slug, title }: { readonly slug: string; readonly title: string },
  baseUrl: string,
): string {
  if (baseUrl.length > LONGEST_ADDRESS) {
    throw refuseInput(['baseUrl'], `must have at most ${LONGEST_ADDRESS} characters`);
  }
  const url = URL.parse(baseUrl);
  if (!url || !/^https?:$/.test(url.protocol) || url.username || url.password || url.search || url.hash) {
    throw refuseInput(['baseUrl'], 'must be an address such as https://crm.example.com');
  }
  const address = `${url.origin}${url.pathname.replace(/\/+$/, '')}${webFormPath(slug)}`;
  return html`<iframe src="${address}" title="${title}" width="100%" height="${HEIGHT}" loading="lazy" style="border: 0"></iframe>`
    .text;
}
