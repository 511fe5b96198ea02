import type { Permission } from '../../../entities/identity/permission.enum.js';
import type { LocalisedLabel } from '../../../entities/shared/localised-label.js';

/** A property of an event's data, as those who get the event are told of it. */
export interface EventProperty {
  readonly description: string;
  /** The type of the graph whose keys it holds, one or a list: outside they are global ids. */
  readonly idOf?: string;
}

/** What somebody outside may know of a kind of event. */
export interface PublicEventKind {
  /** What reading it needs. */
  readonly needs: Permission;
  /** The type of the graph that it is about. */
  readonly subject: string;
  /** What stands in it; what the log has beside these goes to nobody. */
  readonly data: Readonly<Record<string, EventProperty>>;
  readonly label: LocalisedLabel & { readonly en: string };
}

/** Kinds of events by their names, such as `call.recorded`; `internal` is what nobody outside is told of. */
export type EventKinds = Readonly<Record<string, PublicEventKind | 'internal'>>;
