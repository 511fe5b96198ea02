import type { LabelsOf } from '../shared/localised-label.js';

/** What became of an inquiry (requirements, part 7); only active ones count towards an operator's load. */
export enum InquiryStatus {
  ACTIVE = 'ACTIVE',
  CLOSED = 'CLOSED',
  REJECTED = 'REJECTED',
}

export const INQUIRY_STATUS_LABELS: LabelsOf<InquiryStatus> = {
  ACTIVE: { ru: 'Активно', uk: 'Активне' },
  CLOSED: { ru: 'Закрыто', uk: 'Закрите' },
  REJECTED: { ru: 'Отклонено', uk: 'Відхилене' },
};
