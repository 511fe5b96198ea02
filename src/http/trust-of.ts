/**
 * Whom Fastify is to believe about the address that a request came from (`X-Forwarded-For`).
 *
 * Fastify believes nobody by a mere count, so the count is a function here: whoever connects is then taken for the
 * nearest proxy, and nobody else may be able to.
 *
 * @param proxies none, so many nearest ones, or those with these addresses or in these networks
 */
export function trustOf(
  proxies: false | number | readonly string[],
): false | string[] | ((address: string, hop: number) => boolean) {
  if (typeof proxies === 'number') return (_address, hop) => hop < proxies;
  return proxies && [...proxies];
}
