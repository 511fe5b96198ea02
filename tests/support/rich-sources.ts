import { sql } from 'kysely';
import { createSource } from '../../src/services/distribution/create-source.js';
import { removeSource } from '../../src/services/distribution/remove-source.js';
import { setSourceWeight } from '../../src/services/distribution/set-source-weight.js';
import type { SourceSettings } from '../../src/services/distribution/source.fields.js';
import { systemActor } from '../../src/services/shared/access/actor.js';
import type { Database } from '../../src/services/shared/database/database.js';
import { encodeId } from '../../src/services/shared/ids/global-id.js';
import type { Actors } from './sign-ins.js';

const ACTOR = systemActor('test');

/** Sources with odd names and all settings, two of them removed, with weights of both operators, one of them, and none. */
export async function makeSources(database: Database, { operator, otherOperator }: Actors): Promise<void> {
  const [alisa, boris] = [operator, otherOperator].map(({ actor }) => encodeId('Operator', actor.operatorId!));
  const make = async (name: string, settings: SourceSettings, ...weights: [string | undefined, string][]) => {
    const sourceId = encodeId(
      'Source',
      await database.transact(ACTOR, (work) => createSource(work, { name, ...settings })),
    );
    for (const [operatorId, weight] of weights) {
      await database.transact(ACTOR, (work) => setSourceWeight(work, { sourceId, operatorId: operatorId!, weight }));
    }
    return sourceId;
  };
  const times = { acceptWithinSeconds: 1, answerWithinSeconds: 2_592_000, warnBeforeSeconds: 2_591_999 };
  await make('Бот "Їжак" \\ 🦄', { description: 'Лише\n"для" своїх\t\\', ...times }, [alisa, '10'], [boris, '30']);
  await make('Own', { ownExternalIds: true, skills: ['uk', "'; --", '"{a,b}"'], priority: -100 }, [alisa, '0.000001']);
  await make('Sticky', { sticky: true, asksPresence: true, priority: 100 }, [alisa, '0'], [boris, '999999.999999']);
  await make('Nobody', {});
  for (const name of ['Gone', 'gone']) {
    const sourceId = await make(name, { answerWithinSeconds: 60 }, [boris, '2.5']);
    await database.transact(ACTOR, (work) => removeSource(work, { sourceId }));
  }
  await database.rows(sql`update source set created_at = '2026-09-01T00:00:00.0009Z' where id % 2 = 0`);
}
