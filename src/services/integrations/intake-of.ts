import { publishTariff } from '../catalog/publish-tariff.js';
import { readTariffs } from '../catalog/read-tariffs.js';
import { readSources } from '../distribution/read-sources.js';
import { takeInSource } from '../distribution/take-in-source.js';
import { readOperators } from '../identity/read-operators.js';
import { registerOperator } from '../identity/register-operator.js';
import type { Settings } from '../shared/settings/settings.js';
import { callIntake } from './call-intake.js';
import { inquiryIntake } from './inquiry-intake.js';
import type { Intake } from './intake.js';
import { listIntake } from './list-intake.js';
import { subscriberIntake } from './subscriber-intake.js';

/** What files can bring in. */
export const LOAD_KINDS = ['tariffs', 'operators', 'sources', 'subscribers', 'calls', 'inquiries'] as const;
export type LoadKind = (typeof LOAD_KINDS)[number];

/** How files of a kind are taken in; what they register holds from `validFrom` on. */
export function intakeOf(kind: LoadKind, settings: Settings, validFrom: Date): Intake<unknown> {
  switch (kind) {
    case 'tariffs':
      return listIntake(
        (json) => readTariffs(json, settings.currency),
        (work, tariff) => publishTariff(work, { ...tariff, validFrom }),
      );
    case 'operators':
      return listIntake(readOperators, (work, operator) => registerOperator(work, { ...operator, validFrom }));
    case 'sources':
      return listIntake(readSources, takeInSource);
    case 'subscribers':
      return subscriberIntake(validFrom);
    case 'calls':
      return callIntake(settings);
    case 'inquiries':
      return inquiryIntake();
  }
}
