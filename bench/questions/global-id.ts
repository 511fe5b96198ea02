/** The product's id of an object. */
export function productId(type: string, key: string): string {
  return Buffer.from(`${type}:${key}`).toString('base64url');
}

/** PostGraphile's id of an object, by the name that it has for the type. */
export function peerId(peerType: string, key: string): string {
  return Buffer.from(JSON.stringify([peerType, key])).toString('base64');
}

/** What an id of either graph names, as `Type:key`. */
export function meantBy(id: string, typeOfPeer: (name: string) => string): string {
  const text = Buffer.from(id, 'base64').toString();
  if (!text.startsWith('[')) return text;
  const [name, key] = JSON.parse(text) as [string, string | number];
  return `${typeOfPeer(name)}:${key}`;
}
