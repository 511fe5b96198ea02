import type { DeadlineNotice } from '../../entities/distribution/deadline-notice.enum.js';
import type { InquiryChange } from '../../entities/distribution/inquiry-change.enum.js';
import type { Actor } from '../shared/access/actor.js';
import { keyOf } from '../shared/ids/global-id.js';
import type { InquiryChanged, InquiryDeadline, InquiryHappened } from './inquiry-feed.events.js';
import { followedOperatorOf, followsAllInquiries } from './inquiry-feed.policy.js';

/** Which inquiries a client follows; ids are global. */
export interface InquiryFeedFilterInput {
  readonly inquiryId?: string | null;
  readonly leadId?: string | null;
  readonly sourceId?: string | null;
  readonly operatorId?: string | null;
  readonly groupId?: string | null;
}

/** Which changes of inquiries a client follows. */
export interface InquiryChangeFilterInput extends Omit<InquiryFeedFilterInput, 'groupId'> {
  readonly kinds?: readonly InquiryChange[] | null;
}

/** Which notices of deadlines a client follows. */
export interface InquiryDeadlineFilterInput extends InquiryFeedFilterInput {
  readonly kind?: DeadlineNotice | null;
}

type Given<Filter> = Filter | null | undefined;
type Test<Data> = (data: Data) => boolean;

const KINDS = {
  inquiryId: 'Inquiry',
  leadId: 'Lead',
  sourceId: 'Source',
  operatorId: 'Operator',
  groupId: 'UserGroup',
} as const;

type Keys = { readonly [Name in keyof typeof KINDS]?: string };

/** @throws Refusal with BAD_USER_INPUT for an id of another kind */
function keysOf(filter: Given<InquiryFeedFilterInput>): Keys {
  const names = Object.keys(KINDS) as (keyof typeof KINDS)[];
  return Object.fromEntries(
    names.flatMap((name) => {
      const id = filter?.[name];
      return id == null ? [] : [[name, keyOf(KINDS[name], id, ['filter', name])]];
    }),
  );
}

const ofWhat =
  ({ inquiryId, sourceId }: Keys): Test<InquiryHappened> =>
  (data) =>
    (!inquiryId || data.inquiryId === inquiryId) && (!sourceId || data.sourceId === sourceId);

const ofWhom =
  ({ leadId, operatorId, groupId }: Keys): Test<InquiryHappened> =>
  (data) =>
    (!leadId || data.leadId === leadId) &&
    (!operatorId || data.operatorId === operatorId) &&
    (!groupId || data.groupId === groupId);

/**
 * The test of the filter of a feed that tells of inquiries with those who have them.
 *
 * @throws Refusal with BAD_USER_INPUT for an id of another kind
 */
export function inquiryFeedFilter(filter: Given<InquiryFeedFilterInput>): Test<InquiryHappened> {
  const keys = keysOf(filter);
  const [what, whom] = [ofWhat(keys), ofWhom(keys)];
  return (data) => what(data) && whom(data);
}

/**
 * The test of the filter of deadlines.
 *
 * @throws Refusal with BAD_USER_INPUT for an id of another kind
 */
export function inquiryDeadlineFilter(filter: Given<InquiryDeadlineFilterInput>): Test<InquiryDeadline> {
  const test = inquiryFeedFilter(filter);
  return (data) => (!filter?.kind || data.notice === filter.kind) && test(data);
}

/**
 * The test of the filter of changes: by who has the inquiry, or had it until then, and by the lead that it is of, or was.
 *
 * Who follows their own alone can ask for those of nobody else: whether a change matches would tell who has it now.
 *
 * @throws Refusal with BAD_USER_INPUT for an id of another kind
 */
export function inquiryChangeFilter(actor: Actor, filter: Given<InquiryChangeFilterInput>): Test<InquiryChanged> {
  const keys = keysOf(filter);
  const { operatorId, leadId } = keys;
  if (operatorId && !followsAllInquiries(actor) && operatorId !== followedOperatorOf(actor)) return () => false;
  const what = ofWhat(keys);
  return (data) =>
    (!filter?.kinds || filter.kinds.includes(data.change)) &&
    (!operatorId || data.operatorId === operatorId || data.previousOperatorId === operatorId) &&
    (!leadId || data.leadId === leadId || data.previousLeadId === leadId) &&
    what(data);
}
