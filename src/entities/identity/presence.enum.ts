import type { LabelsOf } from '../shared/localised-label.js';

/** Whether a user can be reached now (requirements, part 1). */
export enum Presence {
  ONLINE = 'ONLINE',
  AWAY = 'AWAY',
  DO_NOT_DISTURB = 'DO_NOT_DISTURB',
  WORKING = 'WORKING',
  OFFLINE = 'OFFLINE',
}

export const PRESENCE_LABELS: LabelsOf<Presence> = {
  ONLINE: { ru: 'В сети', uk: 'У мережі' },
  AWAY: { ru: 'Отошёл', uk: 'Відійшов' },
  DO_NOT_DISTURB: { ru: 'Не беспокоить', uk: 'Не турбувати' },
  WORKING: { ru: 'Работает', uk: 'Працює' },
  OFFLINE: { ru: 'Не в сети', uk: 'Не в мережі' },
};
