import { registerEnumType } from 'type-graphql';
import type { LabelsOf } from '../../entities/shared/localised-label.js';

/** An enum of the graph with what users call its values. */
export interface DescribedEnum {
  readonly name: string;
  readonly labels: LabelsOf<string>;
}

const described: DescribedEnum[] = [];

/** Publishes an enum with a description for each value; its labels are answered by `enumLabels`. */
export function describeEnum<Value extends string>(
  values: Record<Value, Value>,
  config: {
    readonly name: string;
    readonly description: string;
    readonly values: Readonly<Record<Value, string>>;
    readonly labels?: LabelsOf<Value>;
  },
): void {
  registerEnumType(values, {
    name: config.name,
    description: config.description,
    valuesConfig: Object.fromEntries(
      Object.entries<string>(config.values).map(([value, description]) => [value, { description }]),
    ) as never,
  });
  if (config.labels) described.push({ name: config.name, labels: config.labels });
}

/** The enums whose values users know by a name in their own language. */
export function describedEnums(): readonly DescribedEnum[] {
  return described;
}
