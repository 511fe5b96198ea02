import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import type { Context } from '../../context.js';
import { CloseSourceIntakeInput, OpenSourceIntakeInput } from '../../schema/distribution/source-intake.inputs.js';
import { CloseSourceIntakePayload, OpenSourceIntakePayload } from '../../schema/distribution/source-intake.payloads.js';
import { closeSourceIntake } from '../../services/distribution/close-source-intake.js';
import { openSourceIntake } from '../../services/distribution/open-source-intake.js';
import { sources } from '../../services/distribution/source.queries.js';
import { encodeId } from '../../services/shared/ids/global-id.js';
import { mutate } from '../shared/mutate.js';

@Resolver()
export class SourceIntakeResolver {
  @Mutation(() => OpenSourceIntakePayload, {
    description:
      'Lets a source take inquiries in over HTTP, signed with a secret that is shown once. Where it does already, the secret is another from now on; the one before holds for a day beside it.',
  })
  openSourceIntake(
    @Arg('input', () => OpenSourceIntakeInput, { description: 'Which source.' }) input: OpenSourceIntakeInput,
    @Ctx() context: Context,
  ) {
    return mutate(
      context,
      (work) => openSourceIntake(work, context.house.intakeSecrets, input),
      async ({ sourceId, secret }) => ({
        source: await context.reader.byId(sources, sourceId),
        secret,
        path: `/intake/${encodeId('Source', sourceId)}`,
      }),
    );
  }

  @Mutation(() => CloseSourceIntakePayload, {
    description: 'Ends the HTTP intake of a source at once: no secret holds any more.',
  })
  closeSourceIntake(
    @Arg('input', () => CloseSourceIntakeInput, { description: 'Which source.' }) input: CloseSourceIntakeInput,
    @Ctx() context: Context,
  ) {
    return mutate(
      context,
      (work) => closeSourceIntake(work, input),
      async (key) => ({ source: await context.reader.byId(sources, key) }),
    );
  }
}
