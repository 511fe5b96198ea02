import { z } from 'zod';
import { inspectCustomer, type NewCustomer, type NewCustomerInput } from '../customers/customer-input.js';
import type { Work } from '../shared/database/work.js';
import { inspectInput } from '../shared/errors/parse-input.js';
import { refuseInput, type UserError } from '../shared/errors/refusal.js';
import { idInput } from '../shared/ids/id-input.js';
import { moneyInput } from '../shared/money/money-input.js';
import { phoneInput } from '../shared/phone/phone-number.js';
import { lineInput } from '../shared/text/text-input.js';
import { sinceInput } from '../shared/time/instant-input.js';
import { iccidInput, imsiInput } from '../sims/iccid.js';

/** A subscriber to register: customer, number, SIM, tariff and opening deposit (requirements, part 4, GetSim). */
export interface SubscriberInput {
  /** An existing customer's global id; else `customer`. */
  readonly customerId?: string | null | undefined;
  readonly customer?: NewCustomerInput | null | undefined;
  /** The number, in any usual form. */
  readonly msisdn: string;
  readonly iccid: string;
  readonly imsi?: string | null | undefined;
  /** The tariff's global id; else `tariffName`, as files have it. */
  readonly tariffId?: string | null | undefined;
  readonly tariffName?: string | null | undefined;
  /** Decimal string in the organisation's currency; none when left out. */
  readonly deposit?: string | null | undefined;
  /** Since when the contract holds, never in the future; now when left out. */
  readonly validFrom?: Date | null | undefined;
  /** Whether it is switched on at once; so when left out. */
  readonly activate?: boolean | null | undefined;
}

/** A subscriber whose every field was read. */
export interface Subscriber {
  readonly customer: { readonly id: string } | NewCustomer;
  /** E.164. */
  readonly msisdn: string;
  readonly iccid: string;
  readonly imsi: string | null;
  readonly tariff: { readonly id: string } | { readonly name: string };
  readonly deposit: string;
  readonly validFrom: Date;
  readonly activate: boolean;
}

/** What could be read of a subscriber, and every fault of the rest. */
export interface InspectedSubscriber {
  readonly values: Partial<Subscriber>;
  readonly errors: readonly UserError[];
}

/** Reads a subscriber's fields, each by itself; what the database says to them is not asked here. */
export function inspectSubscriber(work: Work, input: SubscriberInput): InspectedSubscriber {
  const shape = {
    customerId: idInput('Customer').nullish(),
    msisdn: phoneInput,
    iccid: iccidInput,
    imsi: imsiInput.nullish().transform((imsi) => imsi ?? null),
    tariffId: idInput('Tariff').nullish(),
    tariffName: lineInput().nullish(),
    deposit: moneyInput(work.settings.currency, 'not-negative')
      .nullish()
      .transform((deposit) => deposit ?? '0'),
    validFrom: sinceInput(work.now)
      .nullish()
      .transform((instant) => instant ?? work.now),
    activate: z
      .boolean()
      .nullish()
      .transform((activate) => activate ?? true),
  };
  const { values, errors } = inspectInput(shape, input);
  const { customerId, tariffId, tariffName, ...rest } = values;
  const customer = customerOf(input, customerId);
  const tariff = tariffId ? { id: tariffId } : tariffName ? { name: tariffName } : undefined;
  const noTariff = input.tariffId == null && input.tariffName == null;
  return {
    values: { ...rest, ...(customer.value && { customer: customer.value }), ...(tariff && { tariff }) },
    errors: [
      ...errors,
      ...customer.errors,
      ...(noTariff ? refuseInput(['input', 'tariffId'], 'A tariff is needed.').errors : []),
    ],
  };
}

function customerOf(
  input: SubscriberInput,
  id: string | null | undefined,
): { readonly value?: Subscriber['customer'] | undefined; readonly errors: readonly UserError[] } {
  if (input.customerId != null) {
    if (input.customer == null) return { value: id ? { id } : undefined, errors: [] };
    return refuseInput(['input', 'customer'], 'Give a customer’s id or a new customer, not both.');
  }
  if (input.customer == null) return refuseInput(['input', 'customer'], 'A customer is needed, new or by id.');
  const { customer, errors } = inspectCustomer(input.customer, ['input', 'customer']);
  return { value: customer, errors };
}
