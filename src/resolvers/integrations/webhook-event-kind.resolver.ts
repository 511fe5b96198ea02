import { Ctx, Query, Resolver } from 'type-graphql';
import type { Context } from '../../context.js';
import { WebhookEventKindType } from '../../schema/integrations/webhook-event-kind.type.js';
import { PUBLIC_EVENT_KINDS } from '../../services/event-kinds.js';
import { mayReceive } from '../../services/integrations/webhooks/owner-rights.js';
import { rightsOf } from '../../services/shared/access/rights.js';

@Resolver()
export class WebhookEventKindResolver {
  @Query(() => [WebhookEventKindType], {
    description:
      'The kinds of events that can be sent to webhook endpoints, and which of them you may have sent to yours.',
  })
  webhookEventKinds(@Ctx() { actor }: Context): WebhookEventKindType[] {
    return [...PUBLIC_EVENT_KINDS].map(([kind, { subject, data, label }]) => ({
      kind,
      description: label.en,
      ru: label.ru,
      uk: label.uk,
      subjectKind: subject,
      data: Object.entries(data).map(([name, { description, idOf = null }]) => ({ name, description, idOf })),
      allowed: mayReceive(rightsOf(actor), kind),
    }));
  }
}
