import { Arg, Query, Resolver } from 'type-graphql';
import { describedEnums } from '../../schema/shared/describe-enum.js';
import { EnumLabelType } from '../../schema/shared/enum-label.type.js';

@Resolver()
export class EnumLabelResolver {
  @Query(() => [EnumLabelType], {
    description: 'What users call the values of an enum; empty for an enum that has no labels.',
  })
  enumLabels(
    @Arg('name', () => String, { description: 'The enum’s name in the schema, such as `CallStatus`.' }) name: string,
  ): EnumLabelType[] {
    const labels = describedEnums().find((one) => one.name === name)?.labels ?? {};
    return Object.entries(labels).map(([value, { ru, uk }]) => ({ value, ru, uk }));
  }
}
