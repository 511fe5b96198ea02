/** How users name an enum's value in their own language; the value itself is English. */
export interface LocalisedLabel {
  readonly ru: string;
  readonly uk: string;
}

/** A label for every value of an enum. */
export type LabelsOf<Values extends string> = Readonly<Record<Values, LocalisedLabel>>;
