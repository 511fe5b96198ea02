import { type RawBuilder, sql } from 'kysely';
import { decimalsOf, money } from '../../money/money.js';
import { type Json, json, objectOf, typeName } from '../plan/json.js';
import { quoted } from '../plan/leaf.js';
import { NotPlannable, type Place } from '../plan/place.js';

import { type Asked, type Plain, type Planning, placeOf, type Read, rowOf } from '../plan/read.js';

/** Currencies whose smallest unit is not the hundredth. */
const UNUSUAL: ReadonlyMap<string, number> = new Map(
  Intl.supportedValuesOf('currency').flatMap((code) => {
    const decimals = decimalsOf(code);
    return decimals === 2 ? [] : [[code, decimals] as const];
  }),
);

/** The decimals of a row's currency, the organisation's own first. */
function decimals(currency: RawBuilder<unknown>, own: string): RawBuilder<unknown> {
  const cases = [[own, decimalsOf(own)] as const, ...UNUSUAL].map(
    ([code, count]) => sql`when ${sql.lit(code)} then ${sql.lit(count)}`,
  );
  return sql`case ${currency} ${sql.join(cases, sql` `)} else 2 end`;
}

class MoneyOf implements Read {
  constructor(
    private readonly amount: string,
    private readonly currency: string,
  ) {}

  run(of: Plain | undefined) {
    const row = rowOf(of);
    const amount = row[this.amount] as string | null;
    return amount === null ? null : money(amount, row[this.currency] as string);
  }

  plan(asked: Asked, place: Place | null, planning: Planning): Json {
    const row = placeOf(place);
    const [amount, currency] = [row.column(this.amount), row.column(this.currency)];
    const written: Readonly<Record<string, RawBuilder<unknown>>> = {
      // No zeros past the currency's own decimals, and none that mean something lost: as `money` does it.
      amount: quoted(
        sql`round(${amount}, greatest(min_scale(${amount}), ${decimals(currency, planning.settings.currency)}))::text`,
      ),
      currency: quoted(currency),
    };
    const { type, fields } = asked.inner();
    const object = objectOf(
      fields.map(({ key, name }) => {
        const text = name === '__typename' ? typeName(type).text : written[name];
        if (!text) throw new NotPlannable(`money has no ${name}`);
        return { key, json: json(text) };
      }),
    );
    return row.nullable(this.amount)
      ? json(sql`case when ${amount} is null then 'null' else ${object.text} end`)
      : object;
  }
}

/** Money of a row: an amount with its currency; null where the amount is. */
export function moneyOf(amount: string, currency = 'currency'): Read {
  return new MoneyOf(amount, currency);
}
