import { Arg, Args, FieldResolver, Float, ID, Query, Resolver } from 'type-graphql';
import type { WebhookAttempt } from '../../entities/integrations/webhook-attempt.entity.js';
import type { WebhookDelivery } from '../../entities/integrations/webhook-delivery.entity.js';
import { WebhookDeliveryListArgs } from '../../schema/integrations/webhook.inputs.js';
import { WebhookAttemptConnection, WebhookAttemptType } from '../../schema/integrations/webhook-attempt.type.js';
import { WebhookDeliveryConnection, WebhookDeliveryType } from '../../schema/integrations/webhook-delivery.type.js';
import { WebhookEndpointType } from '../../schema/integrations/webhook-endpoint.type.js';
import { ConnectionArgs } from '../../schema/shared/connection.type.js';
import { CursorScalar } from '../../schema/shared/cursor.scalar.js';
import {
  webhookAttempts,
  webhookDeliveries,
  webhookEndpoints,
} from '../../services/integrations/webhooks/webhook.queries.js';
import { encodeFeedCursor } from '../../services/shared/events/feed-cursor.js';
import { encodeId } from '../../services/shared/ids/global-id.js';
import { page, pageOf } from '../../services/shared/read/reads/list.js';
import { byId, parent } from '../../services/shared/read/reads/to-one.js';
import { computed } from '../../services/shared/read/reads/values.js';
import { Declares } from '../shared/declares.js';

@Resolver(() => WebhookDeliveryType)
export class WebhookDeliveryResolver {
  @Query(() => WebhookDeliveryType, {
    nullable: true,
    description: 'One message to a webhook endpoint; null when there is none that you may see.',
  })
  @Declares('id')
  webhookDelivery(@Arg('id', () => ID, { description: 'The delivery’s id.' }) id: string) {
    return byId(webhookDeliveries, id);
  }

  @Query(() => WebhookDeliveryConnection, {
    description: 'The messages of the last 30 days to the webhook endpoints that you may see.',
  })
  @Declares()
  webhookDeliveries(@Args() list: WebhookDeliveryListArgs) {
    return page(webhookDeliveries, list);
  }

  @FieldResolver(() => String)
  @Declares()
  messageId() {
    return computed<WebhookDelivery>(['messageId'], ({ messageId }) => messageId);
  }

  @FieldResolver(() => ID)
  @Declares()
  subjectId() {
    return computed<WebhookDelivery>(['subjectKind', 'subjectId'], ({ subjectKind, subjectId }) =>
      encodeId(subjectKind, subjectId),
    );
  }

  @FieldResolver(() => CursorScalar, {
    description: 'Its place in the event log: `replayWebhooks` after it sends what is behind it.',
  })
  @Declares()
  cursor() {
    return computed<WebhookDelivery>(['log', 'xid', 'position'], ({ log, xid, position }) =>
      encodeFeedCursor(log, { xid: BigInt(xid), position: BigInt(position) }),
    );
  }

  @FieldResolver(() => WebhookEndpointType, {
    nullable: true,
    description: 'Where it goes; null when that was removed.',
  })
  @Declares()
  endpoint() {
    return parent(webhookEndpoints, 'endpoint');
  }

  @FieldResolver(() => WebhookAttemptConnection, { description: 'The requests that were made for it, in their order.' })
  @Declares()
  attempts(@Args() list: ConnectionArgs) {
    return pageOf(webhookAttempts, ['delivery'], list);
  }
}

@Resolver(() => WebhookAttemptType)
export class WebhookAttemptResolver {
  @FieldResolver(() => WebhookDeliveryType, { nullable: true, description: 'The message that it sent.' })
  @Declares()
  delivery() {
    return parent(webhookDeliveries, 'delivery');
  }

  @FieldResolver(() => Float)
  @Declares()
  durationSeconds() {
    return computed<WebhookAttempt>(['durationMs'], ({ durationMs }) => durationMs / 1000);
  }
}
