import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import type { Context } from '../../context.js';
import {
  ChangeWebhookEndpointPayload,
  CreateWebhookEndpointPayload,
  RedeliverWebhookPayload,
  RemoveWebhookEndpointPayload,
  ReplayWebhooksPayload,
  RotateWebhookSecretPayload,
  TestWebhookEndpointPayload,
} from '../../schema/integrations/webhook.payloads.js';
import {
  ChangeWebhookEndpointInput,
  CreateWebhookEndpointInput,
  RedeliverWebhookInput,
  RemoveWebhookEndpointInput,
  ReplayWebhooksInput,
  RotateWebhookSecretInput,
  TestWebhookEndpointInput,
} from '../../schema/integrations/webhook-management.inputs.js';
import { changeWebhookEndpoint } from '../../services/integrations/webhooks/change-endpoint.js';
import { createWebhookEndpoint } from '../../services/integrations/webhooks/create-endpoint.js';
import { checkTarget } from '../../services/integrations/webhooks/endpoint-input.js';
import { redeliverWebhook } from '../../services/integrations/webhooks/redeliver.js';
import { removeWebhookEndpoint } from '../../services/integrations/webhooks/remove-endpoint.js';
import { replayWebhooks } from '../../services/integrations/webhooks/replay.js';
import { rotateWebhookSecret } from '../../services/integrations/webhooks/rotate-secret.js';
import { testWebhookEndpoint } from '../../services/integrations/webhooks/test-endpoint.js';
import { webhookDeliveries, webhookEndpoints } from '../../services/integrations/webhooks/webhook.queries.js';
import { answerRefusal, mutate } from '../shared/mutate.js';

const endpointOf = async ({ reader }: Context, key: string) => ({ endpoint: await reader.byId(webhookEndpoints, key) });

@Resolver()
export class WebhookManagementResolver {
  @Mutation(() => CreateWebhookEndpointPayload, {
    description: 'Has events of chosen kinds sent somewhere from now on, signed with a secret that is shown once.',
  })
  createWebhookEndpoint(
    @Arg('input', () => CreateWebhookEndpointInput, { description: 'Where, and which.' })
    input: CreateWebhookEndpointInput,
    @Ctx() context: Context,
  ) {
    const { webhooks } = context.house;
    return answerRefusal(async () => {
      await checkTarget(webhooks, context.actor, input.url);
      return mutate(
        context,
        (work) => createWebhookEndpoint(work, webhooks.secrets, input),
        async ({ endpointId, secret }) => ({ ...(await endpointOf(context, endpointId)), secret }),
      );
    });
  }

  @Mutation(() => ChangeWebhookEndpointPayload, { description: 'Changes, pauses or resumes a webhook endpoint.' })
  changeWebhookEndpoint(
    @Arg('input', () => ChangeWebhookEndpointInput, { description: 'Which endpoint, and what of it.' })
    input: ChangeWebhookEndpointInput,
    @Ctx() context: Context,
  ) {
    return answerRefusal(async () => {
      if (input.url != null) await checkTarget(context.house.webhooks, context.actor, input.url);
      return mutate(
        context,
        (work) => changeWebhookEndpoint(work, input),
        (key) => endpointOf(context, key),
      );
    });
  }

  @Mutation(() => RemoveWebhookEndpointPayload, {
    description: 'Removes a webhook endpoint for good, with what waits for it and its log.',
  })
  removeWebhookEndpoint(
    @Arg('input', () => RemoveWebhookEndpointInput, { description: 'Which endpoint.' })
    input: RemoveWebhookEndpointInput,
    @Ctx() context: Context,
  ) {
    return mutate(
      context,
      (work) => removeWebhookEndpoint(work, input),
      async (removedId) => ({ removedId }),
    );
  }

  @Mutation(() => RotateWebhookSecretPayload, {
    description: 'Gives a webhook endpoint another secret; for a day messages are signed with the old one too.',
  })
  rotateWebhookSecret(
    @Arg('input', () => RotateWebhookSecretInput, { description: 'Which endpoint.' }) input: RotateWebhookSecretInput,
    @Ctx() context: Context,
  ) {
    return mutate(
      context,
      (work) => rotateWebhookSecret(work, context.house.webhooks.secrets, input),
      async ({ endpointId, secret }) => ({ ...(await endpointOf(context, endpointId)), secret }),
    );
  }

  @Mutation(() => TestWebhookEndpointPayload, {
    description: 'Sends a signed message `webhook.test` to a webhook endpoint now, and says what came of it.',
  })
  testWebhookEndpoint(
    @Arg('input', () => TestWebhookEndpointInput, { description: 'Which endpoint.' }) input: TestWebhookEndpointInput,
    @Ctx() { house, database, actor }: Context,
  ) {
    return answerRefusal(async () => {
      const sent = await testWebhookEndpoint(house.webhooks, (run) => database.transact(actor, run), input);
      const test = { ...sent, delivered: sent.error === null, durationSeconds: sent.durationMs / 1000 };
      return { test, errors: [] };
    });
  }

  @Mutation(() => RedeliverWebhookPayload, {
    description: 'Has a message sent to its webhook endpoint again, with the `webhook-id` that it had.',
  })
  redeliverWebhook(
    @Arg('input', () => RedeliverWebhookInput, { description: 'Which message.' }) input: RedeliverWebhookInput,
    @Ctx() context: Context,
  ) {
    return mutate(
      context,
      (work) => redeliverWebhook(work, input),
      async (key) => ({ delivery: await context.reader.byId(webhookDeliveries, key) }),
    );
  }

  @Mutation(() => ReplayWebhooksPayload, {
    description:
      'Has all events behind a place of the event log sent to a webhook endpoint again, in their order; messages that it had keep their `webhook-id`.',
  })
  replayWebhooks(
    @Arg('input', () => ReplayWebhooksInput, { description: 'Which endpoint, and from where.' })
    input: ReplayWebhooksInput,
    @Ctx() context: Context,
  ) {
    return mutate(
      context,
      (work) => replayWebhooks(work, input),
      (key) => endpointOf(context, key),
    );
  }
}
