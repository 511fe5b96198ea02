import { Arg, Args, Ctx, Mutation, Query, Resolver } from 'type-graphql';
import type { Context } from '../../context.js';
import {
  CreatePartnerKeyInput,
  PartnerKeyListArgs,
  RevokePartnerKeyInput,
} from '../../schema/identity/partner-key.inputs.js';
import { CreatePartnerKeyPayload, RevokePartnerKeyPayload } from '../../schema/identity/partner-key.payloads.js';
import { PartnerKeyConnection, PartnerKeyType } from '../../schema/identity/partner-key.type.js';
import { createPartnerKey } from '../../services/identity/create-partner-key.js';
import { partnerKeys } from '../../services/identity/partner-key.queries.js';
import { revokePartnerKey } from '../../services/identity/revoke-partner-key.js';
import { page } from '../../services/shared/read/reads/list.js';
import { Declares } from '../shared/declares.js';
import { mutate } from '../shared/mutate.js';

@Resolver(() => PartnerKeyType)
export class PartnerKeyResolver {
  @Query(() => PartnerKeyConnection, { description: 'The keys of partners.' })
  @Declares()
  partnerKeys(@Args() list: PartnerKeyListArgs) {
    return page(partnerKeys, list);
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
}
