/** What the same counts are called wherever statistics have them. */
export const FROM = { description: 'The first day of the period, in the organisation’s time zone.' };
export const TO = { description: 'The last day of the period, itself included.' };
export const BY_CHANCE = { description: 'Of these, by weighted chance.' };
export const STICKY = { description: 'Of these, as returning leads, to the operator who had them.' };
export const BY_HAND = { description: 'Of these, by hand.' };
export const OFFERED = { description: 'Of these, such as were to be accepted within a time.' };
export const ACCEPTED = { description: 'Of those offered, accepted.' };
export const DECLINED = { description: 'Of those offered, declined: the inquiry moved on.' };
export const NOT_ACCEPTED = { description: 'Of those offered, not accepted in time: the inquiry moved on.' };
