import { Permission } from '../../entities/identity/permission.enum.js';
import type { EventKinds, EventProperty, PublicEventKind } from '../shared/events/event-kind.js';

const OF_INQUIRY = {
  sourceId: { description: 'The source that it came through.', idOf: 'Source' },
  leadId: { description: 'Who approached.', idOf: 'Lead' },
  operatorId: { description: 'Whose it is now; null for one that waits.', idOf: 'Operator' },
};

function ofInquiry(
  label: PublicEventKind['label'],
  data: Readonly<Record<string, EventProperty>> = {},
): PublicEventKind {
  return { needs: Permission.INQUIRIES_READ, subject: 'Inquiry', data: { ...OF_INQUIRY, ...data }, label };
}

const answerDueAt = { description: 'The deadline, as an instant in ISO 8601.' };

/** What partners may be told of inquiries; of sources and leads themselves nobody outside is told. */
export const DISTRIBUTION_EVENT_KINDS: EventKinds = {
  'inquiry.registered': ofInquiry(
    { en: 'An inquiry came in', ru: 'Поступило обращение', uk: 'Надійшло звернення' },
    { waits: { description: 'Whether nobody was free at once.' } },
  ),
  'inquiry.assigned': ofInquiry(
    { en: 'An inquiry went to an operator', ru: 'Обращение назначено', uk: 'Звернення призначено' },
    { way: { description: 'How it came to them: CHANCE, STICKY or BY_HAND.' } },
  ),
  'inquiry.released': ofInquiry(
    { en: 'An inquiry waits again', ru: 'Обращение снова в очереди', uk: 'Звернення знову в черзі' },
    { end: { description: 'What took it from its operator.' } },
  ),
  'inquiry.accepted': ofInquiry({
    en: 'An operator accepted an inquiry',
    ru: 'Обращение принято оператором',
    uk: 'Звернення прийняте оператором',
  }),
  'inquiry.answered': ofInquiry({
    en: 'An inquiry had its first answer',
    ru: 'Дан первый ответ',
    uk: 'Надано першу відповідь',
  }),
  'inquiry.status-changed': ofInquiry(
    {
      en: 'An inquiry was closed, rejected or reopened',
      ru: 'Статус обращения изменён',
      uk: 'Статус звернення змінено',
    },
    { status: { description: 'ACTIVE, CLOSED or REJECTED.' } },
  ),
  'inquiry.priority-changed': 'internal',
  'inquiry.skills-changed': 'internal',
  'inquiry.lead-changed': ofInquiry(
    {
      en: 'An inquiry is of another lead',
      ru: 'Обращение передано другому лиду',
      uk: 'Звернення передано іншому ліду',
    },
    { previousLeadId: { description: 'The lead that it was of, which was merged into this one.', idOf: 'Lead' } },
  ),
  'inquiry.answer-due': ofInquiry(
    { en: 'The first answer is nearly due', ru: 'Скоро истекает срок ответа', uk: 'Невдовзі спливає строк відповіді' },
    { answerDueAt },
  ),
  'inquiry.answer-overdue': ofInquiry(
    { en: 'The first answer is overdue', ru: 'Срок ответа истёк', uk: 'Строк відповіді сплив' },
    { answerDueAt },
  ),
  'lead.registered': 'internal',
  'lead.changed': 'internal',
  'lead.merged': 'internal',
  'source.created': 'internal',
  'source.changed': 'internal',
  'source.removed': 'internal',
  'source.weights-changed': 'internal',
  'source.intake-opened': 'internal',
  'source.intake-closed': 'internal',
  'source-queue.changed': 'internal',
  'web-form.created': 'internal',
  'web-form.changed': 'internal',
  'web-form.removed': 'internal',
};
