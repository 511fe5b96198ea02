/** The answer of one message, serialised once for all who get it: what stands behind `"payload":`, and the end of the frame. */
export type Payload = Buffer;

/** Of data that is JSON text. */
export function payloadOfData(data: string): Payload {
  return Buffer.from(`{"data":${data}}}`);
}

/** Of a whole answer, data and errors. */
export function payloadOfAnswer(answer: object): Payload {
  return Buffer.from(`${JSON.stringify(answer)}}`);
}

const END = '}}';

/** The same with what the subscriber is told beside the data. */
export function withExtensions(payload: Payload, extensions: string): Payload {
  const text = payload.toString();
  return Buffer.from(`${text.slice(0, -END.length)},"extensions":${extensions}${END}`);
}

/** What stands in a frame before a payload. */
export function framePrefix(id: string): Buffer {
  return Buffer.from(`{"id":${JSON.stringify(id)},"type":"next","payload":`);
}
