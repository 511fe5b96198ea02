import { Arg, Args, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root } from 'type-graphql';
import type { Context } from '../../context.js';
import type { WebForm } from '../../entities/distribution/web-form.entity.js';
import { SourceType } from '../../schema/distribution/source.type.js';
import {
  ChangeWebFormInput,
  CreateWebFormInput,
  RemoveWebFormInput,
  WebFormListArgs,
} from '../../schema/distribution/web-form.inputs.js';
import {
  ChangeWebFormPayload,
  CreateWebFormPayload,
  RemoveWebFormPayload,
} from '../../schema/distribution/web-form.payloads.js';
import { WebFormConnection, WebFormType } from '../../schema/distribution/web-form.type.js';
import { changeWebForm } from '../../services/distribution/change-web-form.js';
import { createWebForm } from '../../services/distribution/create-web-form.js';
import { removeWebForm } from '../../services/distribution/remove-web-form.js';
import { sources } from '../../services/distribution/source.queries.js';
import { webForms } from '../../services/distribution/web-form.queries.js';
import { webFormEmbed, webFormPath } from '../../services/distribution/web-form-address.js';
import { pageOf } from '../../services/shared/read/reads/list.js';
import { byId, parent } from '../../services/shared/read/reads/to-one.js';
import { computed } from '../../services/shared/read/reads/values.js';
import type { Row } from '../../services/shared/read/row.js';
import { Declares } from '../shared/declares.js';
import { mutate } from '../shared/mutate.js';

const formOf = async ({ reader }: Context, key: string) => ({ webForm: await reader.byId(webForms, key) });

@Resolver(() => WebFormType)
export class WebFormResolver {
  @Query(() => WebFormType, { nullable: true, description: 'One web form; null when there is none that you may see.' })
  @Declares('id')
  webForm(@Arg('id', () => ID, { description: 'The web form’s id.' }) id: string) {
    return byId(webForms, id);
  }

  @Mutation(() => CreateWebFormPayload, {
    description: 'Makes a form to be put on any site, whose entries become inquiries of a source.',
  })
  createWebForm(
    @Arg('input', () => CreateWebFormInput, { description: 'For which source, and its words.' })
    input: CreateWebFormInput,
    @Ctx() context: Context,
  ) {
    return mutate(
      context,
      (work) => createWebForm(work, input),
      (key) => formOf(context, key),
    );
  }

  @Mutation(() => ChangeWebFormPayload, { description: 'Changes a web form; its address stays.' })
  changeWebForm(
    @Arg('input', () => ChangeWebFormInput, { description: 'Which web form, and what of it.' })
    input: ChangeWebFormInput,
    @Ctx() context: Context,
  ) {
    return mutate(
      context,
      (work) => changeWebForm(work, input),
      (key) => formOf(context, key),
    );
  }

  @Mutation(() => RemoveWebFormPayload, {
    description: 'Removes a web form: its address is unknown from now on. What came through it stays.',
  })
  removeWebForm(
    @Arg('input', () => RemoveWebFormInput, { description: 'Which web form.' }) input: RemoveWebFormInput,
    @Ctx() context: Context,
  ) {
    return mutate(
      context,
      (work) => removeWebForm(work, input),
      (key) => formOf(context, key),
    );
  }

  @FieldResolver(() => SourceType, {
    nullable: true,
    description: 'Of which source its entries become inquiries; null where you may not see it.',
  })
  @Declares()
  source() {
    return parent(sources, 'source');
  }

  @FieldResolver(() => String, { description: 'Where on this server it is: `/forms/…`.' })
  @Declares()
  path() {
    return computed<WebForm>(['slug'], ({ slug }) => webFormPath(slug));
  }

  @FieldResolver(() => String, { description: 'The tag that puts it into a page: an `iframe`.' })
  embed(
    @Arg('baseUrl', () => String, {
      description: 'Where browsers reach this server, such as `https://crm.example.com`; at most 2,000 characters.',
    })
    baseUrl: string,
    @Root() form: Row<WebForm>,
  ) {
    return webFormEmbed(form, baseUrl);
  }
}

@Resolver(() => SourceType)
export class SourceWebFormsResolver {
  @FieldResolver(() => WebFormConnection, {
    description: 'Its web forms that you may see; those that were removed only if asked.',
  })
  @Declares()
  webForms(@Args() list: WebFormListArgs) {
    return pageOf(webForms, ['source'], list);
  }
}
