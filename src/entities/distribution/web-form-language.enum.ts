import type { LabelsOf } from '../shared/localised-label.js';

/** In which language a web form speaks to whoever fills it in. */
export enum WebFormLanguage {
  RU = 'RU',
  UK = 'UK',
  EN = 'EN',
}

export const WEB_FORM_LANGUAGE_LABELS: LabelsOf<WebFormLanguage> = {
  RU: { ru: 'Русский', uk: 'Російська' },
  UK: { ru: 'Украинский', uk: 'Українська' },
  EN: { ru: 'Английский', uk: 'Англійська' },
};
