import { sql } from 'kysely';
import { z } from 'zod';
import type { WeeklySchedule } from '../../entities/identity/operator.entity.js';
import type { Work } from '../shared/database/work.js';
import { parseInput } from '../shared/errors/parse-input.js';
import { idInput } from '../shared/ids/id-input.js';
import { type PersonName, splitFullName } from '../shared/text/full-name.js';
import { emailInput, lineInput } from '../shared/text/text-input.js';
import { sinceInput } from '../shared/time/instant-input.js';
import { type OpenedInvitation, openInvitation } from './open-invitation.js';
import { operatorInput } from './operator.input.js';
import { settleOperatorProfile } from './settle-operator-profile.js';
import { settleOperatorUser } from './settle-operator-user.js';

/** An operator as `operators.json` has them, and what an admin says beside. */
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
  readonly schedule?: WeeklySchedule | null | undefined;
  /** Who is known keeps theirs when they are left out. */
  readonly skills?: readonly string[] | null | undefined;
  /** The global id of the group that their user is to be in; who is known stays in theirs when it is left out. */
  readonly groupId?: string | null | undefined;
  /** Since when a number that is new to them is theirs; now, if left out; never in the future. */
  readonly validFrom?: Date | undefined;
}

/** What registering did. */
export interface RegisteredOperator {
  readonly operatorId: string;
  readonly userId: string;
  /** `created` also for one who had been removed and is back. */
  readonly outcome: 'created' | 'updated' | 'unchanged';
  /** Whether an invitation is open by which they can set a password. */
  readonly invitationOpen: boolean;
  /** The one that was opened just now; null where one was open, or they have a password. */
  readonly invitation: OpenedInvitation | null;
}

/** An operator's name has a first name, whatever a customer's may lack. */
interface Names extends PersonName {
  readonly firstName: string;
}

const schemaAt = (now: Date) =>
  z.object({
    ...operatorInput,
    fullName: lineInput().transform((text, issues): Names => {
      const { lastName, firstName, patronymic } = splitFullName(text);
      if (firstName !== null) return { lastName, firstName, patronymic };
      issues.addIssue({ code: 'custom', message: 'must be a last and a first name' });
      return z.NEVER;
    }),
    email: emailInput,
    schedule: operatorInput.schedule.nullish().transform((schedule) => schedule ?? null),
    skills: operatorInput.skills.nullish().transform((skills) => skills ?? undefined),
    groupId: idInput('UserGroup')
      .nullish()
      .transform((key) => key ?? undefined),
    validFrom: sinceInput(now).optional(),
  });

/**
 * Makes an operator known: a user with a login, a profile, the number and an open invitation; brings one who is known up
 * to date, and one who was removed back. The same again changes nothing.
 *
 * @throws Refusal with BAD_USER_INPUT; with NOT_FOUND for the group; with CONFLICT when the e-mail is a customer's, or
 * somebody else holds the number; with STATE_NOT_ALLOWED when the user is not active
 */
export async function registerOperator(work: Work, input: RegisterOperator): Promise<RegisteredOperator> {
  const { fullName, email, groupId, ...rest } = parseInput(schemaAt(work.now), input);
  const user = await settleOperatorUser(work, { ...fullName, email, groupId });
  const { operatorId, outcome } = await settleOperatorProfile(work, user.userId, {
    ...rest,
    skills: rest.skills,
    validFrom: rest.validFrom,
  });
  const invitation = user.hasPassword ? null : await keepInvitation(work, user.userId);
  return {
    operatorId,
    userId: user.userId,
    outcome: outcome === 'unchanged' && user.changed ? 'updated' : outcome,
    invitationOpen: !user.hasPassword,
    invitation,
  };
}

/** Opens an invitation unless one is open; so that somebody without a password always has one. */
async function keepInvitation(work: Work, userId: string): Promise<OpenedInvitation | null> {
  const [open] = await work.rows(sql<{ id: string }>`
    select id from invitation
    where user_id = ${userId} and accepted_at is null and withdrawn_at is null and expires_at > ${work.now} limit 1`);
  return open ? null : openInvitation(work, userId);
}
