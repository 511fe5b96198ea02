import { Arg, Args, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root } from 'type-graphql';
import type { Context } from '../../context.js';
import type { ChangeRecord } from '../../entities/history/change-record.entity.js';
import { ChangeRecordListArgs, EraseHistoryInput } from '../../schema/history/change-record.inputs.js';
import { EraseHistoryPayload } from '../../schema/history/change-record.payloads.js';
import {
  ChangeActorType,
  ChangeClientType,
  ChangeRecordConnection,
  ChangeRecordType,
  FieldChangeType,
} from '../../schema/history/change-record.type.js';
import { NodeType } from '../../schema/shared/node.type.js';
import { changeRecords } from '../../services/history/change-record.queries.js';
import { CLIENT_SHOWN } from '../../services/history/client.policy.js';
import { eraseHistory } from '../../services/history/erase-history.js';
import { readFieldChanges } from '../../services/history/read-field-changes.js';
import { READABLES } from '../../services/readables.js';
import { encodeId } from '../../services/shared/ids/global-id.js';
import { page } from '../../services/shared/read/reads/list.js';
import { part } from '../../services/shared/read/reads/part.js';
import { shown } from '../../services/shared/read/reads/shown.js';
import { computed } from '../../services/shared/read/reads/values.js';
import type { Row } from '../../services/shared/read/row.js';
import { Declares } from '../shared/declares.js';
import { answerRefusal } from '../shared/mutate.js';

@Resolver(() => ChangeRecordType)
export class ChangeRecordResolver {
  @Query(() => ChangeRecordConnection, {
    description:
      'What was changed by whom, the latest first: of what you may see or may change, and what you did yourself.',
  })
  @Declares()
  history(@Args() list: ChangeRecordListArgs) {
    return page(changeRecords, list);
  }

  @Mutation(() => EraseHistoryPayload, {
    description:
      'Erases the contents of an object’s history, for the sake of a person’s data. Of a customer also those of their contracts, payments and SIMs, but not what was recorded of a SIM while it stood in another customer’s contract. Of a lead also those of the leads merged into it, of their inquiries and possible duplicates; of a lead and of an inquiry also the clients from which it came through forms and over HTTP. Of a user, a customer and a partner’s key also the clients from which they did anything. Who did what kind of thing when stays, and that it was erased; and the objects themselves stay as they are. Done in steps: where one fails, the steps before it stay done, and asking again goes on.',
  })
  eraseHistory(
    @Arg('input', () => EraseHistoryInput, { description: 'Whose.' }) input: EraseHistoryInput,
    @Ctx() context: Context,
  ) {
    const { database, actor, client, reader } = context;
    return answerRefusal<EraseHistoryPayload>(async () => {
      const erasedRecords = await eraseHistory((run) => database.transact(actor, run, client), input);
      reader.forget();
      return { erasedRecords, errors: [] };
    });
  }

  @FieldResolver(() => ID, { description: 'The global id of what was changed.' })
  @Declares()
  subjectId() {
    return computed<ChangeRecord>(['subjectKind', 'subjectId'], ({ subjectKind, subjectId }) =>
      encodeId(subjectKind, subjectId),
    );
  }

  @FieldResolver(() => NodeType, {
    nullable: true,
    description: 'What was changed, as it is now; null where you may not see it.',
  })
  async subject(@Root() { subjectKind, subjectId }: Row<ChangeRecord>, @Ctx() { reader }: Context) {
    const readable = READABLES.get(subjectKind);
    const found = readable && (await reader.byId(readable, subjectId));
    return found ? { ...found, nodeKind: subjectKind } : null;
  }

  @FieldResolver(() => ChangeActorType, { description: 'Who did it.' })
  @Declares()
  actor() {
    return part<ChangeRecord>({ key: 'actor', user: 'user', customer: 'customer', partnerKey: 'partnerKey' });
  }

  @FieldResolver(() => ChangeClientType, {
    nullable: true,
    description:
      'From which client; null for what the product does by itself, where it was erased, and where you may not see all of who did it.',
  })
  @Declares()
  client() {
    const parts = {
      address: 'clientAddress',
      agent: 'clientAgent',
      name: 'clientName',
      version: 'clientVersion',
    } as const;
    return shown(CLIENT_SHOWN, part<ChangeRecord>(parts, 'clientAddress'));
  }

  @FieldResolver(() => [FieldChangeType], {
    description:
      'The fields that became different, or that it was made with, as far as you may see them; empty where no field says what happened, and once erased.',
  })
  changes(@Root() change: Row<ChangeRecord>, @Ctx() { reader }: Context) {
    return readFieldChanges(change, reader);
  }
}
