import { sql } from 'kysely';
import { startProduct } from '../support/product.js';
import { createUser } from '../support/sign-ins.js';
import { readFileSync } from 'node:fs';
test('fold', async () => {
  const p = await startProduct();
  await createUser(p.database, { role: 'operator', operator: {} });
  await p.database.rows(sql`update operator set skills = '{Zeta,"  Русский",french,FRENCH}'`);
  const text = readFileSync('src/migrations/0003-distribution.ts', 'utf8').split('FOLD_SKILLS = `')[1]!.split('`')[0]!;
  await p.database.rows(sql.raw(text.trim().replace(/;$/, '')));
  expect(await p.database.rows(sql`select skills from operator`)).toEqual([{ skills: ['french', 'zeta', 'русский'] }]);
  await p.stop();
});
