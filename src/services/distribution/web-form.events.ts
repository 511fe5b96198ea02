import type { WebFormLanguage } from '../../entities/distribution/web-form-language.enum.js';
import { creation, difference } from '../shared/events/change.js';
import type { Change, NewEvent } from '../shared/events/event.js';
import { encodeId } from '../shared/ids/global-id.js';

/** A web form at the version that a change has given it. */
export interface ChangedWebForm {
  readonly id: string;
  readonly version: number;
  readonly sourceId: string;
}

/** What of a web form can be set. */
export interface WebFormFields {
  readonly title: string;
  readonly thanks: string;
  readonly language: WebFormLanguage;
  readonly origins: readonly string[];
}

function event(kind: string, { id, version, sourceId }: ChangedWebForm, change: Change): NewEvent {
  return { kind, subject: { kind: 'WebForm', id, version }, data: { sourceId }, change };
}

/** The event that a web form was made. */
export function webFormCreated(form: ChangedWebForm, fields: WebFormFields): NewEvent {
  return event('web-form.created', form, creation({ sourceId: encodeId('Source', form.sourceId), ...fields }));
}

/** The event that a web form became otherwise. */
export function webFormChanged(form: ChangedWebForm, before: WebFormFields, after: WebFormFields): NewEvent {
  return event('web-form.changed', form, difference({ ...before }, { ...after }));
}

/** The event that a web form is shown to nobody any more. */
export function webFormRemoved(form: ChangedWebForm, removedAt: Date): NewEvent {
  return event('web-form.removed', form, difference({ removedAt: null }, { removedAt }));
}
