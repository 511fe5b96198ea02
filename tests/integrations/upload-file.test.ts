import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, utimes, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import { dirname, join, relative } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import { removeLeftoverFiles } from '../../src/services/integrations/remove-leftover-files.js';
import { decodeId } from '../../src/services/shared/ids/global-id.js';
import { type Product, startProduct } from '../support/product.js';
import { type Actors, createActors } from '../support/sign-ins.js';

const MAX_BYTES = 100_000;

let product: Product;
let actors: Actors;
beforeAll(async () => {
  product = await startProduct({ env: { MAX_UPLOAD_BYTES: String(MAX_BYTES) } });
  actors = await createActors(product.database);
});
afterAll(() => product.stop());

const directory = () => join(product.dataDir, 'files');
const stored = async () => {
  const entries = await readdir(directory(), { recursive: true, withFileTypes: true }).catch(() => []);
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(directory(), join(entry.parentPath, entry.name)));
};
const storedRows = async () =>
  Number((await product.database.rows(sql<{ n: string }>`select count(*) as n from stored_file`))[0]!.n);

/** Checks that nothing of what `send` sent was kept. */
async function leavingNothing(send: () => Promise<void>): Promise<void> {
  const files = await stored();
  const rows = await storedRows();
  await send();
  expect(await stored()).toEqual(files);
  expect(await storedRows()).toBe(rows);
}

function upload(
  body: RequestInit['body'],
  options: { token?: string; path?: string; headers?: Record<string, string> } = {},
) {
  const { token = actors.supervisor.token, path = '/files', headers = {} } = options;
  return fetch(`${product.url}${path}`, {
    method: 'POST',
    headers: { ...(token ? { authorization: `Bearer ${token}` } : {}), ...headers },
    body,
  });
}

function form(...files: string[]): FormData {
  const data = new FormData();
  data.set('note', 'a field beside the file');
  for (const [i, text] of files.entries()) data.append('file', new Blob([text]), `part-${i}.csv`);
  return data;
}

const errorOf = async (response: Response) => {
  const { errors } = (await response.json()) as { errors: [{ message: string; extensions: { code: string } }] };
  expect(errors[0].message).not.toBe('');
  return { status: response.status, code: errors[0].extensions.code };
};

describe('a file that is sent', () => {
  it('is kept byte by byte, and answered with its id, size and hash', async () => {
    const text = 'ФИО;Номер\n'.repeat(3000);
    const response = await upload(text, { path: `/files?name=${encodeURIComponent('абоненты.csv')}` });
    expect(response.status).toBe(201);
    const answer = (await response.json()) as { id: string; name: string; sizeBytes: number; sha256: string };
    const bytes = Buffer.from(text);
    expect(answer).toEqual({
      id: expect.any(String),
      name: 'абоненты.csv',
      sizeBytes: bytes.length,
      sha256: createHash('sha256').update(bytes).digest('hex'),
    });
    const { kind, key } = decodeId(answer.id)!;
    expect(kind).toBe('StoredFile');
    const [row] = await product.database.rows(
      sql<{ path: string; by: string }>`select path, uploaded_by_id as by from stored_file where id = ${key}`,
    );
    expect(row!.by).toBe(actors.supervisor.actor.userId);
    expect(await readFile(join(directory(), row!.path))).toEqual(bytes);
  });

  it.each(['application/json', 'text/csv; charset=utf-8', 'application/octet-stream', 'who/knows'])(
    'may say that it is %s',
    async (type) => {
      expect((await upload('{"not": json', { headers: { 'content-type': type } })).status).toBe(201);
    },
  );

  it.each([
    ['attachment; filename="calls; of \\"May\\".csv"', 'calls; of "May".csv'],
    ["attachment; filename=plain.csv; filename*=UTF-8''%D0%B7%D0%B2%D0%BE%D0%BD%D0%BA%D0%B8.csv", 'звонки.csv'],
    ['attachment; filename="../../etc/passwd"', 'passwd'],
    ['attachment', 'upload'],
  ])('is called as Content-Disposition %s says', async (disposition, name) => {
    const response = await upload('x', { headers: { 'content-disposition': disposition } });
    expect(await response.json()).toMatchObject({ name });
  });

  it('may come as the one file of a form', async () => {
    const response = await upload(form('a;b\n1;2\n'));
    expect(response.status).toBe(201);
    expect(await response.json()).toMatchObject({ name: 'part-0.csv', sizeBytes: 8 });
  });

  it('names no path of ours', async () => {
    const response = await upload('x', { path: '/files?name=..%2F..%2F..%2Fpwned' });
    expect(await response.json()).toMatchObject({ name: 'pwned' });
    for (const name of await stored()) expect(name).toMatch(/^[0-9a-f-]{36}\/[0-9a-f]{48}$/);
  });
});

describe('a file that is refused leaves nothing behind', () => {
  it('where nobody is signed in', () =>
    leavingNothing(async () => {
      expect(await errorOf(await upload('x', { token: '' }))).toEqual({ status: 401, code: 'UNAUTHENTICATED' });
      expect(await errorOf(await upload('x', { token: 'no.such.token' }))).toMatchObject({ status: 401 });
    }));

  it.each(['operator', 'customer', 'partner'] as const)('from the %s, who may not start imports', (who) =>
    leavingNothing(async () => {
      expect(await errorOf(await upload('x', { token: actors[who].token }))).toEqual({
        status: 403,
        code: 'FORBIDDEN',
      });
      expect(await errorOf(await upload(form('x'), { token: actors[who].token }))).toMatchObject({ status: 403 });
    }),
  );

  it('where it is larger than the limit, whether it says so before or not', () =>
    leavingNothing(async () => {
      const tooMuch = 'x'.repeat(MAX_BYTES + 1);
      expect(await errorOf(await upload(tooMuch))).toEqual({ status: 413, code: 'LIMIT_EXCEEDED' });
      expect(await errorOf(await upload(form(tooMuch)))).toEqual({ status: 413, code: 'LIMIT_EXCEEDED' });
      const unsaid = new Blob([tooMuch]).stream();
      const response = await fetch(`${product.url}/files`, {
        method: 'POST',
        headers: { authorization: `Bearer ${actors.admin.token}` },
        body: unsaid,
        duplex: 'half',
      } as RequestInit);
      expect(await errorOf(response)).toEqual({ status: 413, code: 'LIMIT_EXCEEDED' });
    }));

  it('where it is empty, or the form is not one file', () =>
    leavingNothing(async () => {
      const wrong = { status: 400, code: 'BAD_USER_INPUT' };
      expect(await errorOf(await upload(''))).toEqual(wrong);
      expect(await errorOf(await upload(form('')))).toEqual(wrong);
      expect(await errorOf(await upload(form()))).toEqual(wrong);
      expect(await errorOf(await upload(form('one', 'two')))).toEqual(wrong);
      const headers = { 'content-type': 'multipart/form-data' };
      expect(await errorOf(await upload('x', { headers }))).toEqual(wrong);
      headers['content-type'] += '; boundary=b';
      expect(await errorOf(await upload('--b\r\nContent-Dispo', { headers }))).toEqual(wrong);
    }));

  const PART = '--BB\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\nabc';
  it.each([
    ['in the file', PART],
    ['before the dashes of the end', `${PART}\r\n--BB`],
    ['behind a boundary', `${PART}\r\n--BB\r\n`],
    ['in a large file', PART + 'x'.repeat(MAX_BYTES - 100)],
    ['in a header', '--BB\r\nContent-Disposition: form-da'],
    ['in the header of a second file', `${PART}\r\n${PART.slice(0, 40)}`],
    ['in a second file', `${PART}\r\n${PART}`],
    ['in a field behind the file', `${PART}\r\n--BB\r\nContent-Disposition: form-data; name="n"\r\n\r\nv`],
    ['in a field, without a file', '--BB\r\nContent-Disposition: form-data; name="n"\r\n\r\nv'],
    ['before it begins', ''],
  ])('where the form ends too early: %s', (_where, body) =>
    leavingNothing(async () => {
      const headers = { 'content-type': 'multipart/form-data; boundary=BB' };
      for (let i = 0; i < 3; i += 1) {
        expect(await errorOf(await upload(body, { headers }))).toEqual({ status: 400, code: 'BAD_USER_INPUT' });
      }
    }),
  );

  it.each([
    ['text/csv', 'some;of\nit'],
    [
      'multipart/form-data; boundary=b',
      '--b\r\nContent-Disposition: form-data; name=f; filename=f.csv\r\n\r\nsome of it',
    ],
  ])('where its sender is gone in the middle (%s)', (type, beginning) =>
    leavingNothing(async () => {
      const sending = request(`${product.url}/files`, {
        method: 'POST',
        headers: { authorization: `Bearer ${actors.admin.token}`, 'content-type': type, 'content-length': 50_000 },
      });
      sending.on('error', () => undefined);
      sending.write(beginning);
      const before = (await stored()).length;
      for (let i = 0; i < 200 && (await stored()).length === before; i += 1) await sleep(10);
      expect((await stored()).some((name) => name.endsWith('.part'))).toBe(true);
      sending.destroy();
      for (let i = 0; i < 200 && (await stored()).length > before; i += 1) await sleep(10);
    }),
  );
});

describe('files that a killed process left', () => {
  it('are removed a day later, those that are known are not', async () => {
    await upload('known');
    const known = await stored();
    const folder = dirname(known[0]!);
    const leftovers = ['aa.part', 'bb'].map((name) => join(directory(), folder, name));
    for (const path of leftovers) await writeFile(path, 'x');
    // Of another database that has the same directory, and of a person.
    await mkdir(join(directory(), 'another'));
    const foreign = [join('another', 'cc'), join('another', 'cc.part'), 'dd'];
    for (const path of foreign) await writeFile(join(directory(), path), 'x');
    const now = Date.now();
    expect(await removeLeftoverFiles(product.database, directory(), new Date(now))).toBe(0);
    const twoDaysAgo = new Date(now - 48 * 3_600_000);
    for (const name of await stored()) await utimes(join(directory(), name), twoDaysAgo, twoDaysAgo);
    expect(await removeLeftoverFiles(product.database, directory(), new Date(now))).toBe(2);
    expect((await stored()).sort()).toEqual([...known, ...foreign].sort());
  });
});
