/** Expressions of SQL by which a statement builds the text of a JSON answer. */
export interface JsonText {
  /** The product's id of an object. */
  id(type: string, key: string): string;
  /** A text of which nothing has to be escaped: a status, a number of a phone. */
  bare(text: string): string;
  /** Any text. */
  text(text: string): string;
  /** A whole number, a truth value. */
  plain(value: string): string;
  instant(at: string): string;
  /** An amount as the product prints it: at least two decimals, and no zeros past them. */
  money(amount: string, currency: string): string;
  object(members: Readonly<Record<string, string>>): string;
  /** An object, or null where a condition does not hold. */
  objectIf(condition: string, members: Readonly<Record<string, string>>): string;
  /** All rows of a select, in order. */
  array(item: string, order: string): string;
}

const ids = (type: string, key: string) => `rtrim(encode(('${type}:' || ${key})::bytea, 'base64'), '=')`;
const instants = (at: string) => `to_char(${at}, 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;
const amounts = (amount: string) =>
  `case when ${amount} = round(${amount}, 2) then round(${amount}, 2)::text else trim_scale(${amount})::text end`;

/** Text that is put together piece by piece. */
export const CONCATENATED: JsonText = {
  id: (type, key) => `'"' || ${ids(type, key)} || '"'`,
  bare: (text) => `coalesce('"' || ${text} || '"', 'null')`,
  text: (text) => `coalesce(to_json(${text})::text, 'null')`,
  plain: (value) => `coalesce(${value}::text, 'null')`,
  instant: (at) => `coalesce('"' || ${instants(at)} || '"', 'null')`,
  money: (amount, currency) => `'{"amount":"' || ${amounts(amount)} || '","currency":"' || ${currency} || '"}'`,
  object: (members) =>
    `'{' || ${Object.entries(members)
      .map(([name, value], i) => `'${i === 0 ? '' : ','}"${name}":' || ${value}`)
      .join(' || ')} || '}'`,
  objectIf: (condition, members) => `case when ${condition} then ${CONCATENATED.object(members)} else 'null' end`,
  array: (item, order) => `'[' || coalesce(string_agg(${item}, ',' order by ${order}), '') || ']'`,
};

/** What PostgreSQL has for it: `json_build_object` and `json_agg`. */
export const BUILT: JsonText = {
  id: ids,
  bare: (text) => text,
  text: (text) => text,
  plain: (value) => value,
  instant: instants,
  money: (amount, currency) => `json_build_object('amount', ${amounts(amount)}, 'currency', ${currency})`,
  object: (members) =>
    `json_build_object(${Object.entries(members)
      .map(([name, value]) => `'${name}', ${value}`)
      .join(', ')})`,
  objectIf: (condition, members) => `case when ${condition} then ${BUILT.object(members)} end`,
  array: (item, order) => `coalesce(json_agg(${item} order by ${order}), '[]'::json)`,
};

/** Rows that are turned into objects: `row_to_json`. */
export const OF_ROWS: JsonText = {
  ...BUILT,
  money: (amount, currency) => OF_ROWS.object({ amount: amounts(amount), currency }),
  object: (members) =>
    `(select row_to_json(r) from (select ${Object.entries(members)
      .map(([name, value]) => `${value} as "${name}"`)
      .join(', ')}) r)`,
  objectIf: (condition, members) => `case when ${condition} then ${OF_ROWS.object(members)} end`,
};

/**
 * The ways that were tried. Milliseconds of a request over one connection, the median of interleaved rounds on two busy
 * processors (`npm run bench -- floor` measures them anew):
 *
 * |              | page | card | list | deep | node |
 * | ------------ | ---- | ---- | ---- | ---- | ---- |
 * | concatenated | 0.63 | 0.36 | 0.94 | 0.86 | 0.19 |
 * | built        | 0.82 | 0.44 | 1.40 | 1.14 | 0.20 |
 * | of-rows      | 0.71 | 0.44 | 1.25 | 1.25 | 0.21 |
 *
 * So the floor concatenates. Other forms of instants and ids (`replace` on the text of an instant, a fixed beginning of
 * an id) and one flat join grouped by customer were no faster.
 */
export const WAYS: Readonly<Record<string, JsonText>> = {
  concatenated: CONCATENATED,
  built: BUILT,
  'of-rows': OF_ROWS,
};
