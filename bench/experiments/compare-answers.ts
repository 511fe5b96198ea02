import type { Json } from '../questions/canonical-answer.ts';
import { differences } from '../questions/difference.ts';
import { printForProduct } from '../questions/print-for-product.ts';
import type { Workload } from '../reads/question.ts';
import type { Target } from '../shared/ask.ts';
import type { RunningVariants } from './start-variants.ts';
import { isCompared, type VariantName } from './variants.ts';

const REFERENCE: VariantName = 'resolvers';
const AT_ONCE = 8;
/** Characters of a value. */
const MOST_SHOWN = 200;

/** What a variant answers otherwise than graphql-js with the resolvers does. */
export interface Compared {
  readonly variant: VariantName;
  readonly workload: string;
  readonly questions: number;
  readonly different: number;
  /** One of each document: what was asked, and what is different. */
  readonly examples: readonly { readonly asked: string; readonly difference: string }[];
}

interface Answer {
  readonly status: number;
  readonly text: string;
}

/** Asks every variant every question; texts must be the same to the letter, errors and `extensions` included. */
export async function compareAnswers(
  variants: RunningVariants,
  names: readonly VariantName[],
  workload: Pick<Workload, 'name' | 'of' | 'drawn'>,
  bodies: readonly string[],
): Promise<Compared[]> {
  const expected = await answersOf(await variants.targetOf(REFERENCE), bodies);
  const compared: Compared[] = [];
  for (const variant of names) {
    if (variant === REFERENCE || !isCompared(variant, workload)) continue;
    const found = await answersOf(await variants.targetOf(variant), bodies);
    const wrong = bodies.flatMap((asked, i) => {
      const [one, other] = [expected[i]!, found[i]!];
      const same = one.status === other.status && one.text === other.text;
      return same ? [] : [{ asked, difference: differenceOf(one, other) }];
    });
    compared.push({
      variant,
      workload: workload.name,
      questions: bodies.length,
      different: wrong.length,
      examples: oneOfEachDocument(wrong),
    });
  }
  return compared;
}

type Example = Compared['examples'][number];

function oneOfEachDocument(wrong: readonly Example[]): Example[] {
  const byDocument = new Map<string, Example>();
  for (const example of wrong) {
    const { query, variables } = JSON.parse(example.asked) as { query: string; variables: object };
    const document = `${query} ${Object.keys(variables).join()} ${example.difference.startsWith('status')}`;
    if (!byDocument.has(document)) byDocument.set(document, example);
  }
  return [...byDocument.values()];
}

/** The requests of a workload as the product is asked them. */
export function bodiesOf({ questions }: Workload): string[] {
  return questions.map(({ operation, values }) => JSON.stringify(printForProduct(operation, values)));
}

async function answersOf(target: Target, bodies: readonly string[]): Promise<Answer[]> {
  const found: Answer[] = [];
  for (let start = 0; start < bodies.length; start += AT_ONCE) {
    found.push(...(await Promise.all(bodies.slice(start, start + AT_ONCE).map((body) => answer(target, body)))));
  }
  return found;
}

async function answer({ url, headers }: Target, body: string): Promise<Answer> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body,
  });
  return { status: response.status, text: await response.text() };
}

function differenceOf(one: Answer, other: Answer): string {
  if (one.status !== other.status) return `status ${one.status} | ${other.status}: ${other.text.slice(0, 300)}`;
  const found = differences(JSON.parse(one.text), JSON.parse(other.text));
  if (found.length === 0) return 'the order of members';
  return found.map((at) => `${at.path}: ${clipped(at.one)} | ${clipped(at.other)}`).join('; ');
}

function clipped(value: Json | undefined): string {
  const text = JSON.stringify(value) ?? 'nothing';
  return text.length > MOST_SHOWN ? `${text.slice(0, MOST_SHOWN)}…` : text;
}
