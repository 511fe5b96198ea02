import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { readSubscribers, type SubscriberLine } from '../../src/services/contracts/read-subscribers.js';
import { refusalOf } from '../support/subscribers.js';

const SAMPLE = join(import.meta.dirname, '../../demo/subscribers.csv');
const HEADER = 'ФИО;Номер;E-mail;ICCID;Тариф;Депозит';

async function* bytes(text: string | Buffer, size = 7): AsyncGenerator<Uint8Array> {
  const all = Buffer.from(text);
  for (let i = 0; i < all.length; i += size) yield all.subarray(i, i + size);
}

async function linesOf(text: string, size?: number): Promise<SubscriberLine[]> {
  const { lines } = await readSubscribers(bytes(text, size));
  const all: SubscriberLine[] = [];
  for await (const line of lines) all.push(line);
  return all;
}

const row = (parts: object = {}) => ({
  name: 'Орлов Егор',
  number: '89001112233',
  email: '',
  iccid: '8970101661318609131',
  tariff: 'Минутный',
  deposit: '0',
  ...parts,
});
const LINE = 'Орлов Егор;89001112233;;8970101661318609131;Минутный;0';

describe('reading a file of subscribers', () => {
  it.each([
    ['Russian with semicolons', HEADER, ';'],
    ['English with commas', 'name,number,email,ICCID,tariff,deposit', ','],
    ['English with tabs, in capitals', 'FULL NAME\tPhone_Number\tE-MAIL\tSIM\tTariff plan\tOpening Deposit', '\t'],
  ])('understands a header: %s', async (_what, header, delimiter) => {
    const line = LINE.replaceAll(';', delimiter);
    for (const mark of ['', '\uFEFF']) {
      for (const end of ['\n', '\r\n', '\r']) {
        expect(await linesOf(`${mark}${header}${end}${line}${end}`)).toEqual([{ line: 2, row: row() }]);
      }
    }
  });

  it('takes the columns in any order', async () => {
    const lines = await linesOf(
      'Тариф;Депозит;ICCID;Номер;ФИО;E-mail\nМинутный;0;8970101661318609131;89001112233;Орлов Егор;\n',
    );
    expect(lines).toEqual([{ line: 2, row: row() }]);
  });

  it.each([1, 2, 3, 5, 1000])('reads the same whatever pieces of %i bytes the file comes in', async (size) => {
    const lines = await linesOf(`\uFEFF${HEADER}\r\n${LINE}\r\n\r\n${LINE}`, size);
    expect(lines).toEqual([
      { line: 2, row: row() },
      { line: 4, row: row() },
    ]);
  });

  it('counts physical lines through quoted cells, and passes over blank ones', async () => {
    const lines = await linesOf(`${HEADER}\n"Орлов\nЕгор";89001112233;;1;"Пакет; 30";0\n\n;;;;;\n${LINE}\n`);
    expect(lines).toEqual([
      { line: 2, row: row({ name: 'Орлов\nЕгор', iccid: '1', tariff: 'Пакет; 30' }) },
      { line: 6, row: row() },
    ]);
  });

  it('names the first column that a short row lacks, and goes on', async () => {
    const lines = await linesOf(`${HEADER}\nОрлов Егор;89001112233;;897\n${LINE};;\n${LINE};more\n`);
    expect(lines).toEqual([
      { line: 2, issues: [{ column: 'Тариф', code: 'BAD_USER_INPUT', message: expect.any(String) }] },
      { line: 3, row: row() },
      { line: 4, issues: [{ column: '', code: 'BAD_USER_INPUT', message: expect.stringContaining('7 columns') }] },
    ]);
  });

  it.each([
    ['nothing in it', '', 'empty'],
    ['no header', `${LINE}\n`, 'unknown column'],
    ['a column missing', 'ФИО;Номер;E-mail;ICCID;Тариф\n', 'missing: Депозит'],
    ['a column that we don’t know', `${HEADER};Город\n`, 'unknown column “Город”'],
    ['a column twice', `${HEADER};Телефон\n`, '“Телефон” says the same as “Номер”'],
  ])('refuses a file with %s as a whole', async (_what, text, message) => {
    const [error, ...more] = await refusalOf(linesOf(text));
    expect(error).toMatchObject({ code: 'BAD_USER_INPUT', path: ['file'], message: expect.stringContaining(message) });
    expect(more).toEqual([]);
  });

  it('refuses bytes that are no UTF-8', async () => {
    const [error] = await refusalOf(readSubscribers(bytes(Buffer.from('d4c8ce3bcdeeece5f00a', 'hex'))));
    expect(error).toMatchObject({ code: 'BAD_USER_INPUT', path: ['file'], message: expect.stringContaining('UTF-8') });
  });

  it('says behind which line a file breaks off inside of quotes', async () => {
    const [error] = await refusalOf(linesOf(`${HEADER}\n${LINE}\n"Орлов;89001112233\n${LINE}\n`));
    expect(error).toMatchObject({ code: 'BAD_USER_INPUT', path: ['file'] });
    expect(error?.message).toContain('after line 2');
  });

  it('lets go of a file that is left in the middle', async () => {
    const source = createReadStream(SAMPLE, { highWaterMark: 64 });
    const closed = new Promise<void>((resolve) => source.once('close', () => resolve()));
    const { lines } = await readSubscribers(source);
    for await (const { line } of lines) {
      if (line === 3) break;
    }
    await closed;
    expect(source.destroyed).toBe(true);
  });
});
