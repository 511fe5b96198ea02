import { Arg, Args, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root } from 'type-graphql';
import type { Context } from '../../context.js';
import type { PartnerKey } from '../../entities/identity/partner-key.entity.js';
import {
  CreatePartnerKeyInput,
  PartnerKeyFilter,
  PartnerKeyOrder,
  RevokePartnerKeyInput,
} from '../../schema/identity/partner-key.inputs.js';
import { CreatePartnerKeyPayload, RevokePartnerKeyPayload } from '../../schema/identity/partner-key.payloads.js';
import { PartnerKeyConnection, PartnerKeyType } from '../../schema/identity/partner-key.type.js';
import { ConnectionArgs } from '../../schema/shared/connection.type.js';
import { createPartnerKey } from '../../services/identity/create-partner-key.js';
import { partnerKeys } from '../../services/identity/partner-key.queries.js';
import { revokePartnerKey } from '../../services/identity/revoke-partner-key.js';
import { encodeId } from '../../services/shared/ids/global-id.js';
import type { Row } from '../../services/shared/read/row.js';
import { mutate } from '../shared/mutate.js';

@Resolver(() => PartnerKeyType)
export class PartnerKeyResolver {
  @Query(() => PartnerKeyConnection, { description: 'The keys of partners.' })
  partnerKeys(
    @Args() page: ConnectionArgs,
    @Arg('filter', () => PartnerKeyFilter, { nullable: true, description: 'Which; all when left out.' })
    filter: PartnerKeyFilter | null,
    @Arg('orderBy', () => PartnerKeyOrder, { nullable: true, description: 'By name when left out.' })
    orderBy: PartnerKeyOrder | null,
    @Ctx() { reader }: Context,
  ) {
    return reader.page(partnerKeys, { ...page, filter, orderBy });
  }

  @Mutation(() => CreatePartnerKeyPayload, { description: 'Makes a partner’s key; its secret is shown once.' })
  createPartnerKey(
    @Arg('input', () => CreatePartnerKeyInput, { description: 'The key to be made.' }) input: CreatePartnerKeyInput,
    @Ctx() context: Context,
  ) {
    return mutate(
      context,
      (work) => createPartnerKey(work, input),
      async ({ partnerKeyId, secret }) => ({
        partnerKey: await context.reader.byId(partnerKeys, partnerKeyId),
        secret,
      }),
    );
  }

  @Mutation(() => RevokePartnerKeyPayload, { description: 'Revokes a partner’s key for good.' })
  revokePartnerKey(
    @Arg('input', () => RevokePartnerKeyInput, { description: 'Which key.' }) input: RevokePartnerKeyInput,
    @Ctx() context: Context,
  ) {
    return mutate(
      context,
      (work) => revokePartnerKey(work, input),
      async (partnerKeyId) => {
        context.house.authenticator.forget();
        return { partnerKey: await context.reader.byId(partnerKeys, partnerKeyId) };
      },
    );
  }

  @FieldResolver(() => ID)
  id(@Root() key: Row<PartnerKey>) {
    return encodeId('PartnerKey', key.id);
  }
}
