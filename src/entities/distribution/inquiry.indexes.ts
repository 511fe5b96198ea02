/** The indexes of inquiries that are partial: an inquiry is active for days and stays for years. */

/** Those that wait, by source and skills (these themselves may be too long for an index), in the order in which they leave. */
export const WAITING = `create index "inquiry_waiting_index" on "inquiry" ("source_id", distribution.kind_of("skills"), "priority" desc, "queued_at", "id") include ("waiting_since") where status = 'ACTIVE' and operator_id is null`;
/** What comes due next. */
export const ACCEPT = `create index "inquiry_accept_by_index" on "inquiry" ("accept_by", "id") where accept_by is not null`;
export const WARN = `create index "inquiry_warn_at_index" on "inquiry" ("warn_at", "id") where warn_at is not null`;
export const DUE = `create index "inquiry_breach_at_index" on "inquiry" ("breach_at", "id") where breach_at is not null`;
export const ACTIVE = `create index "inquiry_active_index" on "inquiry" ("registered_at", "id") where status = 'ACTIVE'`;
export const OF_OPERATOR = `create index "inquiry_active_operator_index" on "inquiry" ("operator_id", "id") where status = 'ACTIVE' and operator_id is not null`;
