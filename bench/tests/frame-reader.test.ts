import assert from 'node:assert/strict';
import { test } from 'node:test';
import { clientFrame } from '../live/client/client-frame.ts';
import { FrameReader, OPCODE } from '../live/client/frame-reader.ts';

const FINAL = 0x80;

/** A frame as a server sends it. */
function serverFrame(opcode: number, payload: string): Buffer {
  const body = Buffer.from(payload);
  const head =
    body.length < 126
      ? Buffer.from([FINAL | opcode, body.length])
      : body.length < 65_536
        ? Buffer.from([FINAL | opcode, 126, body.length >> 8, body.length & 0xff])
        : Buffer.concat([Buffer.from([FINAL | opcode, 127, 0, 0, 0, 0]), sizeOf(body.length)]);
  return Buffer.concat([head, body]);
}

function sizeOf(length: number): Buffer {
  const size = Buffer.alloc(4);
  size.writeUInt32BE(length);
  return size;
}

const event = (text: string, type = 'next') => JSON.stringify({ id: '1', type, payload: { text } });

/** Reads in pieces of a size, and tells what was found. */
function read(stream: Buffer, pieces: number, keeps = false) {
  const frames: string[] = [];
  let events = 0;
  const reader = new FrameReader({
    event: () => {
      events += 1;
    },
    frame: (opcode, payload) => frames.push(`${opcode} ${payload}`),
  });
  reader.keeps = keeps;
  for (let at = 0; at < stream.length; at += pieces) reader.take(stream.subarray(at, at + pieces));
  return { events, frames };
}

const STREAM = Buffer.concat([
  serverFrame(OPCODE.TEXT, '{"type":"connection_ack"}'),
  serverFrame(OPCODE.TEXT, event('a'.repeat(90))),
  serverFrame(OPCODE.PING, ''),
  serverFrame(OPCODE.TEXT, event('b'.repeat(70_000))),
  serverFrame(OPCODE.TEXT, event('c'.repeat(300))),
  serverFrame(OPCODE.CLOSE, 'xx'),
]);

test('frames are counted however the stream is cut', () => {
  for (const pieces of [1, 2, 3, 7, 64, 1_000, 1_000_000]) {
    const { events, frames } = read(STREAM, pieces);
    assert.equal(events, 3, `in pieces of ${pieces}`);
    assert.deepEqual(frames, [`${OPCODE.TEXT} {"type":"connection_ack"}`, `${OPCODE.PING} `, `${OPCODE.CLOSE} xx`]);
  }
});

test('events are handed on whole where they are to be kept', () => {
  for (const pieces of [1, 100, 1_000_000]) {
    const { events, frames } = read(STREAM, pieces, true);
    assert.equal(events, 0);
    assert.equal(frames[1], `${OPCODE.TEXT} ${event('a'.repeat(90))}`);
    assert.equal(frames[3], `${OPCODE.TEXT} ${event('b'.repeat(70_000))}`);
  }
});

test('a long message that is no event is not counted as one', () => {
  const { events, frames } = read(serverFrame(OPCODE.TEXT, event('no'.repeat(100), 'error')), 1_000);
  assert.equal(events, 0);
  assert.match(frames[0]!, /"type":"error"/);
});

test('a frame in parts is refused', () => {
  const parts = serverFrame(OPCODE.TEXT, event('a'.repeat(90)));
  parts[0] = OPCODE.TEXT;
  assert.throws(() => read(parts, 1_000), /in parts/);
});

test('what a client sends is masked, by nothing', () => {
  const long = 'x'.repeat(200);
  assert.deepEqual(clientFrame(OPCODE.TEXT, 'hi'), Buffer.from([0x81, 0x82, 0, 0, 0, 0, 0x68, 0x69]));
  assert.deepEqual(clientFrame(OPCODE.TEXT, long).subarray(0, 4), Buffer.from([0x81, 0xfe, 0, 200]));
  assert.equal(clientFrame(OPCODE.TEXT, long).subarray(8).toString(), long);
});
