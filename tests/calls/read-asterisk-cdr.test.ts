import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { CallStatus } from '../../src/entities/calls/call-status.enum.js';
import { cdrColumnOf } from '../../src/services/calls/parse-asterisk-cdr.js';
import { type CdrLine, readAsteriskCdr } from '../../src/services/calls/read-asterisk-cdr.js';
import { Calendar } from '../../src/services/shared/time/calendar.js';
import { faults, refusalOf } from '../support/subscribers.js';

const MOSCOW = { calendar: new Calendar('Europe/Moscow') };
const SAMPLE = join(import.meta.dirname, '../../demo/Master.csv');

/** A line of the file with some of its cells changed. */
function line(parts: Readonly<Record<string, string>> = {}): string {
  const cells = {
    accountcode: '',
    src: '79001110001',
    dst: '79001110002',
    dcontext: 'from-internal',
    clid: '"" <79001110001>',
    channel: 'SIP/1',
    dstchannel: 'SIP/2',
    lastapp: 'Dial',
    lastdata: 'SIP/2,30',
    start: '2026-09-01 00:26:56',
    answer: '2026-09-01 00:27:01',
    end: '2026-09-01 00:27:12',
    duration: '16',
    billsec: '11',
    disposition: 'ANSWERED',
    amaflags: 'DOCUMENTATION',
    uniqueid: '1.0',
    userfield: '',
    ...parts,
  };
  return Object.values(cells)
    .map((cell) => `"${cell.replaceAll('"', '""')}"`)
    .join(',');
}

async function* pieces(text: string, size = 50): AsyncGenerator<Uint8Array> {
  const bytes = Buffer.from(text);
  for (let i = 0; i < bytes.length; i += size) yield bytes.subarray(i, i + size);
}

async function read(text: string, settings = MOSCOW, size?: number): Promise<CdrLine[]> {
  const lines: CdrLine[] = [];
  for await (const one of readAsteriskCdr(pieces(text, size), settings)) lines.push(one);
  return lines;
}

const unanswered = { answer: '', billsec: '0' };

describe('a line of Asterisk’s CDR', () => {
  it('is a call, its times local to the organisation’s zone', async () => {
    expect(await read(line())).toEqual([
      {
        line: 1,
        record: {
          exchange: 'asterisk',
          externalId: '1.0',
          caller: '79001110001',
          called: '79001110002',
          status: CallStatus.COMPLETED,
          redirectedTo: null,
          startedAt: new Date('2026-08-31T21:26:56Z'),
          answeredAt: new Date('2026-08-31T21:27:01Z'),
          endedAt: new Date('2026-08-31T21:27:12Z'),
          durationSeconds: 11,
        },
      },
    ]);
  });

  it.each([
    [{ disposition: 'ANSWERED' }, 'COMPLETED', null],
    [{ disposition: 'ANSWERED', userfield: 'redirect:79001110003' }, 'REDIRECTED', '79001110003'],
    [{ disposition: 'ANSWERED', userfield: 'a note of somebody’s' }, 'COMPLETED', null],
    [{ disposition: 'BUSY', ...unanswered }, 'REJECTED', null],
    [{ disposition: 'FAILED', ...unanswered }, 'REJECTED', null],
    [{ disposition: 'CONGESTION', ...unanswered }, 'REJECTED', null],
    [{ disposition: 'NO ANSWER', ...unanswered }, 'MISSED', null],
    [{ disposition: 'NO ANSWER', ...unanswered, userfield: 'redirect:79001110003' }, 'MISSED', null],
  ])('with %j is %s', async (cells, status, redirectedTo) => {
    expect(await read(line(cells))).toMatchObject([{ record: { status, redirectedTo } }]);
  });

  it.each([
    ['disposition', { disposition: 'PERHAPS' }],
    ['disposition', { disposition: 'toString' }],
    ['start', { start: '' }],
    ['start', { start: '2026-09-31 00:00:00' }],
    ['start', { start: '2026-09-01' }],
    ['answer', { answer: '00:27:01' }],
    ['end', { end: '2026-09-01 00:27:60' }],
    ['billsec', { billsec: '-1' }],
    ['billsec', { billsec: '' }],
    ['uniqueid', { uniqueid: ' ' }],
    ['userfield', { userfield: 'redirect:' }],
  ])('is bad in its column %s with %j', async (column, cells) => {
    const message = expect.any(String);
    expect(await read(line(cells))).toEqual([{ line: 1, column, code: 'BAD_USER_INPUT', message }]);
  });

  it('is bad as a whole with a column too few or too many', async () => {
    const lines = await read(`${line().replace(/,"[^"]*"$/, '')}\n${line()},"x"\n`);
    expect(lines).toMatchObject([
      { line: 1, column: '' },
      { line: 2, column: '' },
    ]);
  });

  it('tells which column a fault of recording belongs to', () => {
    expect(cdrColumnOf(['input', 'calls', '3', 'caller'])).toBe('src');
    expect(cdrColumnOf(['input', 'calls', '3', 'redirectedTo'])).toBe('userfield');
    expect(cdrColumnOf([])).toBe('');
  });

  it('ends after it began also in the night in which clocks are set back', async () => {
    const cells = { start: '2026-10-25 02:59:50', answer: '2026-10-25 02:59:55', end: '2026-10-25 02:00:10' };
    expect(await read(line(cells), { calendar: new Calendar('Europe/Berlin') })).toMatchObject([
      { record: { startedAt: new Date('2026-10-25T00:59:50Z'), endedAt: new Date('2026-10-25T01:00:10Z') } },
    ]);
  });
});

describe('a file of Asterisk’s CDR', () => {
  it.each([1, 7, 100_000])(
    'is read with mark, header, blank lines and any line ends, in pieces of %i bytes',
    async (size) => {
      const header = Object.keys({ accountcode: 0, src: 0 }).join(',');
      const columns = `${header},dst,dcontext,clid,channel,dstchannel,lastapp,lastdata,start,answer,end,duration,billsec,disposition,amaflags,uniqueid,userfield`;
      const text = `\uFEFF${columns}\r\n${line({ uniqueid: 'a' })}\r\n\r\n${line({ uniqueid: 'b', lastdata: 'two\nlines' })}\n${line({ uniqueid: 'c' })}`;
      const lines = await read(text, MOSCOW, size);
      expect(lines.map((one) => [one.line, 'record' in one ? one.record.externalId : one])).toEqual([
        [2, 'a'],
        [4, 'b'],
        [6, 'c'],
      ]);
    },
  );

  it('that breaks off inside of quotes is refused', async () => {
    expect(faults(await refusalOf(read(`${line()}\n"79001110001,x\n`)))).toEqual(['BAD_USER_INPUT file']);
  });

  it('is read whole: the sample has no bad line', async () => {
    const lines: CdrLine[] = [];
    for await (const one of readAsteriskCdr(createReadStream(SAMPLE), MOSCOW)) lines.push(one);
    expect(lines.filter((one, i) => !('record' in one) || one.line !== i + 1)).toEqual([]);
    const ids = new Set(lines.map((one) => ('record' in one ? one.record.externalId : '')));
    expect([lines.length, ids.size]).toEqual([20_021, 20_000]);
  });
});
