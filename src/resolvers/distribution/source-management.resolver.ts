import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import type { Context } from '../../context.js';
import {
  ChangeSourcePayload,
  CreateSourcePayload,
  RemoveSourceOperatorPayload,
  RemoveSourcePayload,
  SetSourceWeightPayload,
} from '../../schema/distribution/source.payloads.js';
import {
  ChangeSourceInput,
  CreateSourceInput,
  RemoveSourceInput,
  RemoveSourceOperatorInput,
  SetSourceWeightInput,
} from '../../schema/distribution/source-management.inputs.js';
import { changeSource } from '../../services/distribution/change-source.js';
import { createSource } from '../../services/distribution/create-source.js';
import { removeSource } from '../../services/distribution/remove-source.js';
import { removeSourceOperator } from '../../services/distribution/remove-source-operator.js';
import { setSourceWeight } from '../../services/distribution/set-source-weight.js';
import { sources, sourceWeights } from '../../services/distribution/source.queries.js';
import { mutate } from '../shared/mutate.js';

const sourceOf = async ({ reader }: Context, key: string) => ({ source: await reader.byId(sources, key) });

@Resolver()
export class SourceManagementResolver {
  @Mutation(() => CreateSourcePayload, {
    description: 'Makes a source of inquiries; it has no operators yet, and what comes in waits until it has.',
  })
  createSource(
    @Arg('input', () => CreateSourceInput, { description: 'Its name, and how its inquiries are distributed.' })
    input: CreateSourceInput,
    @Ctx() context: Context,
  ) {
    return mutate(
      context,
      (work) => createSource(work, input),
      (key) => sourceOf(context, key),
    );
  }

  @Mutation(() => ChangeSourcePayload, {
    description:
      'Changes a source: inquiries that came in before keep the skills, the priority and the deadlines that they have.',
  })
  changeSource(
    @Arg('input', () => ChangeSourceInput, { description: 'Which source, and what of it.' })
    input: ChangeSourceInput,
    @Ctx() context: Context,
  ) {
    return mutate(
      context,
      (work) => changeSource(work, input),
      (key) => sourceOf(context, key),
    );
  }

  @Mutation(() => RemoveSourcePayload, {
    description:
      'Removes a source none of whose inquiries is active: it takes nothing in any more, its name is free, and it cannot be changed; what came through it, and its weights, can still be read.',
  })
  removeSource(
    @Arg('input', () => RemoveSourceInput, { description: 'Which source.' }) input: RemoveSourceInput,
    @Ctx() context: Context,
  ) {
    return mutate(
      context,
      (work) => removeSource(work, input),
      (key) => sourceOf(context, key),
    );
  }

  @Mutation(() => SetSourceWeightPayload, {
    description: 'Adds an operator to those who take inquiries of a source, or changes their weight.',
  })
  setSourceWeight(
    @Arg('input', () => SetSourceWeightInput, { description: 'Which source, who, and what weight.' })
    input: SetSourceWeightInput,
    @Ctx() context: Context,
  ) {
    return mutate(
      context,
      (work) => setSourceWeight(work, input),
      async (key) => ({ weight: await context.reader.byId(sourceWeights, key) }),
    );
  }

  @Mutation(() => RemoveSourceOperatorPayload, {
    description:
      'Takes an operator out of those who take inquiries of a source: they get none of it any more, and those that they have stay theirs.',
  })
  removeSourceOperator(
    @Arg('input', () => RemoveSourceOperatorInput, { description: 'Which source, and who.' })
    input: RemoveSourceOperatorInput,
    @Ctx() context: Context,
  ) {
    return mutate(
      context,
      (work) => removeSourceOperator(work, input),
      async ({ sourceId, removedId }) => ({ ...(await sourceOf(context, sourceId)), removedId }),
    );
  }
}
