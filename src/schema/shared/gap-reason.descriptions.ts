import { GAP_REASON_LABELS, GapReason } from '../../entities/shared/gap-reason.enum.js';
import { describeEnum } from './describe-enum.js';

describeEnum(GapReason, {
  name: 'FeedGapReason',
  description: 'Why events are missing: before a message of a subscription, or at a webhook endpoint.',
  values: {
    LOG_DROPPED: 'They are older than what the event log keeps.',
    LOG_REPLACED: 'The event log is another one: the database was restored, or the cursor is of another database.',
  },
  labels: GAP_REASON_LABELS,
});

export { GapReason };
