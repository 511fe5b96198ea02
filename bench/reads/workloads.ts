import { createHash } from 'node:crypto';
import { Random } from '../shared/random.ts';
import { cardQuestions } from './cases/card.ts';
import { afterQuestions, firstQuestions } from './cases/deep.ts';
import { listQuestions } from './cases/list.ts';
import { nodeQuestions } from './cases/node.ts';
import { pageQuestions } from './cases/page.ts';
import { drawnWorkload } from './drawn/drawn-workload.ts';
import type { Material } from './material.ts';
import type { Options } from './options.ts';
import type { CaseName, Question, Workload } from './question.ts';

/** Draws of its own for each workload: the same whichever others are made. */
function randomFor(name: string, seed: number): Random {
  return new Random(createHash('sha256').update(`${seed} ${name}`).digest().readUInt32LE());
}

type Maker = (material: Material) => Question[] | Promise<Question[]>;

/** What is timed for each case, by name. */
const FIXED: Readonly<Record<CaseName, Readonly<Record<string, Maker>>>> = {
  page: { page: pageQuestions },
  card: { card: cardQuestions },
  list: { list: listQuestions },
  deep: { 'deep first': firstQuestions, 'deep after': afterQuestions },
  node: { node: nodeQuestions },
};

/** Makes what is to be timed. */
export async function makeWorkloads(
  { cases, kinds, seed }: Options,
  source: Omit<Material, 'random'>,
): Promise<Workload[]> {
  const workloads: Workload[] = [];
  const materialFor = (name: string): Material => ({ ...source, random: randomFor(name, seed) });
  for (const of of cases) {
    if (kinds.includes('fixed')) {
      for (const [name, make] of Object.entries(FIXED[of])) {
        workloads.push({ name, of, drawn: false, questions: await make(materialFor(name)) });
      }
    }
    if (kinds.includes('drawn')) workloads.push(await drawnWorkload(of, materialFor(`${of} drawn`)));
  }
  return workloads;
}
