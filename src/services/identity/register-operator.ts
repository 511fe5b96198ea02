import { sql } from 'kysely';
import { z } from 'zod';
import type { WeeklySchedule } from '../../entities/identity/operator.entity.js';
import type { Work } from '../shared/database/work.js';
import { ErrorCode } from '../shared/errors/error-code.js';
import { parseInput } from '../shared/errors/parse-input.js';
import { refuse } from '../shared/errors/refusal.js';
import { phoneInput } from '../shared/phone/phone-number.js';
import { type PersonName, splitFullName } from '../shared/text/full-name.js';
import { emailInput, lineInput } from '../shared/text/text-input.js';
import { sinceInput } from '../shared/time/instant-input.js';
import { createUser, type NewUser } from './create-user.js';
import { holdOperatorNumber } from './hold-operator-number.js';
import { type OperatorFields, operatorSettled, userCreated, userRenamed } from './identity.events.js';
import { openInvitation } from './open-invitation.js';
import { isSameSchedule, weeklyScheduleInput } from './weekly-schedule.js';

/** An operator as `operators.json` has them. */
export interface RegisterOperator {
  /** The name that customers see. */
  readonly alias: string;
  /** Last name, first name and, where there is one, patronymic. */
  readonly fullName: string;
  /** The key: the same e-mail is the same operator. */
  readonly email: string;
  /** In any usual form. */
  readonly phone: string;
  readonly maxLoad: number;
  /** Null means always. */
  readonly schedule: WeeklySchedule | null;
  /** Since when a number that is new to them is theirs; now, if left out; never in the future. */
  readonly validFrom?: Date | undefined;
}

/** What registering did. */
export interface RegisteredOperator {
  readonly operatorId: string;
  readonly userId: string;
  readonly outcome: 'created' | 'updated' | 'unchanged';
  /** Whether an invitation is open by which they can set a password. */
  readonly invitationOpen: boolean;
}

const MOST_LOAD = 10_000;

/** An operator's name has a first name, whatever a customer's may lack. */
interface Names extends PersonName {
  readonly firstName: string;
}

const schemaAt = (now: Date) =>
  z.object({
    alias: lineInput(),
    fullName: lineInput().transform((text, issues): Names => {
      const { lastName, firstName, patronymic } = splitFullName(text);
      if (firstName !== null) return { lastName, firstName, patronymic };
      issues.addIssue({ code: 'custom', message: 'must be a last and a first name' });
      return z.NEVER;
    }),
    email: emailInput,
    phone: phoneInput,
    maxLoad: z
      .int('must be a whole number')
      .min(0, 'must not be negative')
      .max(MOST_LOAD, `must be at most ${MOST_LOAD}`),
    schedule: weeklyScheduleInput.nullish().transform((schedule) => schedule ?? null),
    validFrom: sinceInput(now).optional(),
  });

type Parsed = z.output<ReturnType<typeof schemaAt>>;

interface LoginRow {
  id: string;
  user_id: string | null;
  has_password: boolean;
  last_name: string;
  first_name: string;
  patronymic: string | null;
}

interface OperatorRow {
  id: string;
  alias: string;
  phone: string | null;
  max_load: number;
  schedule: WeeklySchedule | null;
}

/**
 * Makes an operator known: a user with a login, a profile, the number and an open invitation; or brings one who is
 * known up to date. The same again changes nothing.
 *
 * @throws Refusal with BAD_USER_INPUT; with CONFLICT when the e-mail is a customer's, or somebody else holds the number
 */
export async function registerOperator(work: Work, input: RegisterOperator): Promise<RegisteredOperator> {
  const parsed = parseInput(schemaAt(work.now), input);
  const { fullName: names } = parsed;
  // Nobody else can be adding this e-mail meanwhile, and there is no row yet that could be locked.
  await work.rows(sql`select pg_advisory_xact_lock(hashtextextended(${`login:${parsed.email.toLowerCase()}`}, 0))`);
  const [login] = await work.rows(sql<LoginRow>`
    select l.id, l.user_id, l.password_hash is not null as has_password, u.last_name, u.first_name, u.patronymic
    from login l left join app_user u on u.id = l.user_id where l.email_key = ${parsed.email.toLowerCase()}
    for no key update of l`);
  if (login && login.user_id === null) {
    throw refuse(ErrorCode.CONFLICT, 'This e-mail is a customer’s.', ['input', 'email']);
  }
  const userId = login?.user_id ?? (await enterUser(work, { ...names, email: parsed.email, role: 'operator' }));
  const renamed = login ? await rename(work, userId, login, names) : false;
  const profile = await settleProfile(work, userId, parsed);
  const held = await holdOperatorNumber(work, profile.operatorId, parsed.phone, parsed.validFrom ?? work.now);
  if (profile.changed || held) {
    const { alias, maxLoad, schedule } = parsed;
    const after = { alias, maxLoad, schedule, phone: held ? parsed.phone : (profile.before?.phone ?? parsed.phone) };
    await work.record([operatorSettled(profile.operatorId, profile.before, after)]);
  }
  const changed = renamed || profile.changed || held;
  return {
    operatorId: profile.operatorId,
    userId,
    outcome: !profile.before ? 'created' : changed ? 'updated' : 'unchanged',
    invitationOpen: !login?.has_password && (await keepInvitation(work, userId)),
  };
}

async function enterUser(work: Work, user: NewUser): Promise<string> {
  const id = await createUser(work, user, work.now);
  await work.record([userCreated(id, user)]);
  return id;
}

async function rename(work: Work, userId: string, before: LoginRow, names: Names): Promise<boolean> {
  const same =
    before.last_name === names.lastName &&
    before.first_name === names.firstName &&
    before.patronymic === names.patronymic;
  if (same) return false;
  await work.rows(sql`
    update app_user set last_name = ${names.lastName}, first_name = ${names.firstName}, patronymic = ${names.patronymic}
    where id = ${userId}`);
  const { last_name: lastName, first_name: firstName, patronymic } = before;
  await work.record([userRenamed(userId, { lastName, firstName, patronymic }, names)]);
  return true;
}

interface SettledProfile {
  readonly operatorId: string;
  /** What it was; undefined for a new one. */
  readonly before: OperatorFields | undefined;
  readonly changed: boolean;
}

/** Makes or brings up to date the profile, apart from its number. */
async function settleProfile(
  work: Work,
  userId: string,
  { alias, maxLoad, schedule }: Parsed,
): Promise<SettledProfile> {
  const written = schedule === null ? null : JSON.stringify(schedule);
  const [before] = await work.rows(sql<OperatorRow>`
    select id, alias, phone, max_load, schedule from operator where user_id = ${userId} for no key update`);
  if (!before) {
    const [operator] = await work.rows(sql<{ id: string }>`
      insert into operator (user_id, alias, max_load, schedule, skills)
      values (${userId}, ${alias}, ${maxLoad}, ${written}::jsonb, '{}') returning id`);
    return { operatorId: operator!.id, before: undefined, changed: true };
  }
  const same = before.alias === alias && before.max_load === maxLoad && isSameSchedule(before.schedule, schedule);
  if (!same) {
    await work.rows(sql`
      update operator set alias = ${alias}, max_load = ${maxLoad}, schedule = ${written}::jsonb where id = ${before.id}`);
  }
  const { id, max_load, ...fields } = before;
  return { operatorId: id, before: { ...fields, maxLoad: max_load }, changed: !same };
}

/** Opens an invitation unless one is open; so that somebody without a password always has one. */
async function keepInvitation(work: Work, userId: string): Promise<boolean> {
  const [open] = await work.rows(sql<{ id: string }>`
    select id from invitation
    where user_id = ${userId} and accepted_at is null and withdrawn_at is null and expires_at > ${work.now} limit 1`);
  if (!open) await openInvitation(work, userId);
  return true;
}
