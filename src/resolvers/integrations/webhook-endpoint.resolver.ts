import { Arg, Args, FieldResolver, ID, Query, Resolver } from 'type-graphql';
import { PartnerKeyType } from '../../schema/identity/partner-key.type.js';
import { WebhookDeliveryListArgs, WebhookEndpointListArgs } from '../../schema/integrations/webhook.inputs.js';
import { WebhookDeliveryConnection } from '../../schema/integrations/webhook-delivery.type.js';
import { WebhookEndpointConnection, WebhookEndpointType } from '../../schema/integrations/webhook-endpoint.type.js';
import { partnerKeys } from '../../services/identity/partner-key.queries.js';
import { webhookDeliveries, webhookEndpoints } from '../../services/integrations/webhooks/webhook.queries.js';
import { page, pageOf } from '../../services/shared/read/reads/list.js';
import { byId, parent } from '../../services/shared/read/reads/to-one.js';
import { Declares } from '../shared/declares.js';

@Resolver(() => WebhookEndpointType)
export class WebhookEndpointResolver {
  @Query(() => WebhookEndpointType, {
    nullable: true,
    description: 'One webhook endpoint; null when there is none that you may see.',
  })
  @Declares('id')
  webhookEndpoint(@Arg('id', () => ID, { description: 'The endpoint’s id.' }) id: string) {
    return byId(webhookEndpoints, id);
  }

  @Query(() => WebhookEndpointConnection, { description: 'Your webhook endpoints; all of them for who manages them.' })
  @Declares()
  webhookEndpoints(@Args() list: WebhookEndpointListArgs) {
    return page(webhookEndpoints, list);
  }

  @FieldResolver(() => PartnerKeyType, {
    nullable: true,
    description: 'The partner’s key whose it is; null for one of the organisation itself, or where you may not see it.',
  })
  @Declares()
  partnerKey() {
    return parent(partnerKeys, 'partnerKey');
  }

  @FieldResolver(() => WebhookDeliveryConnection, { description: 'The messages to it of the last 30 days.' })
  @Declares()
  deliveries(@Args() list: WebhookDeliveryListArgs) {
    return pageOf(webhookDeliveries, ['endpoint'], list);
  }
}
