import { Args, FieldResolver, Resolver } from 'type-graphql';
import { PaymentType } from '../../schema/billing/payment.type.js';
import { TariffType } from '../../schema/catalog/tariff.type.js';
import { ContractType } from '../../schema/contracts/contract.type.js';
import { CustomerType } from '../../schema/customers/customer.type.js';
import { InquiryType } from '../../schema/distribution/inquiry.type.js';
import { LeadDuplicateType, LeadType } from '../../schema/distribution/lead.type.js';
import { SourceType } from '../../schema/distribution/source.type.js';
import { WebFormType } from '../../schema/distribution/web-form.type.js';
import { ChangeRecordListArgs } from '../../schema/history/change-record.inputs.js';
import { ChangeRecordConnection } from '../../schema/history/change-record.type.js';
import { OperatorType } from '../../schema/identity/operator.type.js';
import { PartnerKeyType } from '../../schema/identity/partner-key.type.js';
import { UserType } from '../../schema/identity/user.type.js';
import { ImportJobType } from '../../schema/integrations/import-job.type.js';
import { StoredFileType } from '../../schema/integrations/stored-file.type.js';
import { WebhookEndpointType } from '../../schema/integrations/webhook-endpoint.type.js';
import { SimType } from '../../schema/sims/sim.type.js';
import { changeRecords, ofKind } from '../../services/history/change-record.queries.js';
import type { SubjectKind } from '../../services/history/history.subjects.js';
import { pageOf } from '../../services/shared/read/reads/list.js';
import { Declares } from '../shared/declares.js';

/** The history of the objects of one type, whose kind is its name. */
function historyOf(type: () => new () => object, kind: string) {
  @Resolver(type)
  class History {
    @FieldResolver(() => ChangeRecordConnection, {
      description: 'What was changed of it by whom, the latest first, as far as you may see that.',
    })
    @Declares()
    history(@Args() list: ChangeRecordListArgs) {
      return pageOf(changeRecords, ['subjectId'], list, ofKind(kind));
    }
  }
  return History;
}

/** What somebody did, of a user. */
@Resolver(() => UserType)
export class ActivityResolver {
  @FieldResolver(() => ChangeRecordConnection, {
    description: 'What this user did, the latest first, as far as you may see that: all of your own.',
  })
  @Declares()
  activity(@Args() list: ChangeRecordListArgs) {
    return pageOf(changeRecords, ['user'], list);
  }
}

/** The type of each kind of object that has a history: one for each subject, which the compiler sees to. */
const TYPES: Readonly<Record<SubjectKind, () => new () => object>> = {
  Customer: () => CustomerType,
  Contract: () => ContractType,
  Sim: () => SimType,
  Tariff: () => TariffType,
  Payment: () => PaymentType,
  User: () => UserType,
  Operator: () => OperatorType,
  Source: () => SourceType,
  WebForm: () => WebFormType,
  Lead: () => LeadType,
  LeadDuplicate: () => LeadDuplicateType,
  Inquiry: () => InquiryType,
  PartnerKey: () => PartnerKeyType,
  WebhookEndpoint: () => WebhookEndpointType,
  StoredFile: () => StoredFileType,
  ImportJob: () => ImportJobType,
};

/** The history of each of them. */
export const HISTORIES = Object.entries(TYPES).map(([kind, type]) => historyOf(type, kind));
