import type { Operation } from '../../questions/operation.ts';
import { fields } from '../../questions/select.ts';
import { drawRows, type Material } from '../material.ts';
import type { Question } from '../question.ts';

const OF_EACH = 64;

/** What is asked of one object by its id, by kind; and where keys of objects are that everybody sees. */
const KINDS: Readonly<Record<string, { readonly fields: string; readonly keys: string }>> = {
  Customer: { fields: 'id name status email createdAt', keys: 'customer' },
  Contract: { fields: 'id number msisdn status createdAt', keys: 'contract' },
  Sim: { fields: 'id iccid status createdAt', keys: 'sim' },
  Payment: { fields: 'id amount method receivedAt', keys: 'payment' },
  Call: { fields: 'id direction status startedAt durationSeconds', keys: 'call where called_operator_id = 1' },
};

const operationOf = (type: string, names: string): Operation => ({
  name: 'Node',
  root: { by: 'node', type },
  fields: fields(names),
});

/** One object by its id, of five kinds in turn. */
export async function nodeQuestions(material: Material): Promise<Question[]> {
  const byKind: Question[][] = [];
  for (const [type, kind] of Object.entries(KINDS)) {
    const operation = operationOf(type, kind.fields);
    const rows = await drawRows<{ key: string }>(
      material,
      `select id as key from (select id from ${kind.keys}) k order by random() limit ${OF_EACH}`,
    );
    byKind.push(
      rows.map(({ key }) => ({ operation, values: { key }, floor: { statement: `node-${type}`, values: [key] } })),
    );
  }
  return byKind[0]!.flatMap((_, i) => byKind.map((questions) => questions[i]!));
}
