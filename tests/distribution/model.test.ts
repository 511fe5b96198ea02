import { AssignmentEnd } from '../../src/entities/distribution/assignment-end.enum.js';
import { AssignmentWay } from '../../src/entities/distribution/assignment-way.enum.js';
import { CandidateState } from '../../src/entities/distribution/candidate-state.enum.js';
import { WaitingReason } from '../../src/entities/distribution/waiting-reason.enum.js';
import { distributionFaults } from '../support/distribution-checks.js';
import { Draw } from '../support/draw.js';
import { storyFaults } from '../support/inquiry-stories.js';
import { STAFF_STEPS, settle } from './model-staff-steps.js';
import { INQUIRY_STEPS, type Step } from './model-steps.js';
import { Walk } from './model-walk.js';

/**
 * `MODEL_SEED=random` draws other sequences, a number those that begin with it; `MODEL_SEQUENCES` is how many, and
 * `MODEL_STEPS` how long each is.
 */
const { MODEL_SEED, MODEL_SEQUENCES = '6', MODEL_STEPS = '250' } = process.env;
/** Chosen so that rare things are among them: a draw on the border of two operators, the very end of a shift. */
const SEEDS = [10, 13, 27, 28, 58, 63];
const FIRST = MODEL_SEED === 'random' ? Date.now() % 2 ** 31 : Number(MODEL_SEED);
const SEQUENCES = MODEL_SEED ? Array.from({ length: Number(MODEL_SEQUENCES) }, (_, n) => FIRST + n) : SEEDS;
const STEPS = Number(MODEL_STEPS);
/** Of which the last are shown where it fails. */
const SHOWN = 40;
/** For each step, on a machine that does much else. */
const STEP_MS = 400;

const ALL = [...INQUIRY_STEPS, ...STAFF_STEPS];
const TOTAL = ALL.reduce((sum, [share]) => sum + share, 0);

function drawStep(draw: Draw): Step {
  let point = draw.fraction() * TOTAL;
  return ALL.find(([share]) => {
    point -= share;
    return point < 0;
  })![1];
}

/** How inquiries were assigned, and what became of it, in all sequences: the ways, the ends, the states, the reasons. */
const met = new Set<string>();

async function walkThrough(walk: Walk): Promise<void> {
  await settle(walk);
  for (let n = 0; n < STEPS; n += 1) await drawStep(walk.draw)(walk);
  for (const { way, end, candidates } of [...walk.model.inquiries.values()].flatMap(({ assignments }) => assignments)) {
    for (const words of [way, end ?? 'OPEN', ...(candidates ?? []).map((one) => one.split(' ')[1]!)]) met.add(words);
  }
  for (const reason of walk.reasons) met.add(reason);
  expect(await distributionFaults(walk.world.database, { resting: false })).toEqual([]);
  expect(await storyFaults(walk.world.database)).toEqual([]);
}

it.each(SEQUENCES)(
  'whatever is done, all is as the model says (MODEL_SEED=%i)',
  async (seed) => {
    const walk = await Walk.begin(new Draw(seed), seed);
    try {
      await walkThrough(walk);
    } catch (error) {
      const steps = walk.steps.map((words, n) => `${n + 1}. ${words}`).slice(-SHOWN);
      const words = error instanceof Error ? error.message : String(error);
      throw new Error([`MODEL_SEED=${seed}, after`, ...steps, words].join('\n'), { cause: error });
    } finally {
      await walk.world.close();
    }
  },
  (STEPS + 30) * STEP_MS,
);

(MODEL_SEED ? it.skip : it)('they meet all that can become of an inquiry', () => {
  const all = [AssignmentWay, AssignmentEnd, CandidateState, WaitingReason].flatMap((one) => Object.values(one));
  expect(all.filter((one) => !met.has(one))).toEqual([]);
});
