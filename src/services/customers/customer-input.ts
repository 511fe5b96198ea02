import { inspectInput } from '../shared/errors/parse-input.js';
import { refuseInput, type UserError } from '../shared/errors/refusal.js';
import { type PersonName, splitFullName } from '../shared/text/full-name.js';
import { emailInput, lineInput } from '../shared/text/text-input.js';

/** A customer to register: a person by full name or by its parts, or a company. */
export interface NewCustomerInput {
  /** Last, first and patronymic name in one text, in this order. */
  readonly fullName?: string | null | undefined;
  readonly lastName?: string | null | undefined;
  readonly firstName?: string | null | undefined;
  readonly patronymic?: string | null | undefined;
  readonly companyName?: string | null | undefined;
  readonly email?: string | null | undefined;
}

/** How a customer is called; `name` is the one for lists. */
export interface CustomerName {
  readonly name: string;
  readonly lastName: string | null;
  readonly firstName: string | null;
  readonly patronymic: string | null;
  readonly companyName: string | null;
}

/** A customer whose fields were checked. */
export interface NewCustomer extends CustomerName {
  readonly email: string | null;
}

const SHAPE = {
  fullName: lineInput().nullish(),
  lastName: lineInput(60).nullish(),
  firstName: lineInput(60).nullish(),
  patronymic: lineInput(60).nullish(),
  companyName: lineInput().nullish(),
  email: emailInput.nullish(),
};

function nameOfPerson(person: PersonName): CustomerName {
  const { lastName, firstName, patronymic } = person;
  const name = [lastName, firstName, patronymic].filter((part) => part !== null).join(' ');
  return { name, lastName, firstName, patronymic, companyName: null };
}

/**
 * Reads a customer to register.
 *
 * @param under where the customer stands in the input, for the paths of faults
 * @returns the customer, unless there are faults
 */
export function inspectCustomer(
  input: NewCustomerInput,
  under: readonly string[],
): { readonly customer?: NewCustomer; readonly errors: readonly UserError[] } {
  const { values, errors } = inspectInput(SHAPE, input, under);
  const faults = [...errors, ...namingFaults(input, under)];
  if (faults.length > 0) return { errors: faults };
  const { fullName, lastName, firstName, patronymic, companyName, email } = values;
  const name = companyName
    ? { name: companyName, lastName: null, firstName: null, patronymic: null, companyName }
    : fullName
      ? nameOfPerson(splitFullName(fullName))
      : nameOfPerson({ lastName: lastName!, firstName: firstName!, patronymic: patronymic ?? null });
  return { customer: { ...name, email: email ?? null }, errors: [] };
}

/** One way of naming, and that one in full. */
function namingFaults(input: NewCustomerInput, under: readonly string[]): UserError[] {
  const fault = (field: string, message: string) => refuseInput([...under, field], message).errors[0];
  const parts = (['lastName', 'firstName', 'patronymic'] as const).filter((field) => input[field] != null);
  const ways = [input.fullName != null, parts.length > 0, input.companyName != null].filter(Boolean).length;
  if (ways === 0) return [fault('lastName', 'Give a person’s last and first name or full name, or a company’s name.')];
  if (ways > 1) {
    const field = input.companyName != null ? 'companyName' : 'fullName';
    return [fault(field, 'Give one of: last and first name, full name, company name.')];
  }
  if (parts.length === 0) return [];
  return (['lastName', 'firstName'] as const)
    .filter((field) => input[field] == null)
    .map((field) => fault(field, 'must not be empty'));
}
