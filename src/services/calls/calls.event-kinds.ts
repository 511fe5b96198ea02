import { Permission } from '../../entities/identity/permission.enum.js';
import type { EventKinds } from '../shared/events/event-kind.js';

/** What partners may be told of calls. */
export const CALL_EVENT_KINDS: EventKinds = {
  'call.recorded': {
    needs: Permission.CALLS_READ,
    subject: 'Call',
    data: {
      callId: { description: 'The call.', idOf: 'Call' },
      status: { description: 'How it ended, as `CallStatus` has it.' },
      direction: { description: 'As `CallDirection` has it.' },
      customerIds: { description: 'Of caller and called.', idOf: 'Customer' },
      operatorIds: { description: 'Of caller, called, and whom it was passed on to.', idOf: 'Operator' },
      groupIds: { description: 'The groups of these operators.', idOf: 'UserGroup' },
    },
    label: { en: 'A call was recorded', ru: 'Звонок записан', uk: 'Дзвінок записано' },
  },
};
