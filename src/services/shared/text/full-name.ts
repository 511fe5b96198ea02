/** A person's name in its parts. */
export interface PersonName {
  readonly lastName: string;
  readonly firstName: string | null;
  readonly patronymic: string | null;
}

/** Takes a full name apart: last name first, then the first name, the rest is the patronymic. */
export function splitFullName(fullName: string): PersonName {
  const [lastName = '', firstName = null, ...rest] = fullName.trim().split(/\s+/);
  return { lastName, firstName, patronymic: rest.join(' ') || null };
}
