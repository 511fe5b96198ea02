import { setImmediate as soon } from 'node:timers/promises';
import type { Pace } from '../live-message.ts';
import { answerCommands } from '../processes/answer-commands.ts';
import { sharedNow } from '../processes/clock.ts';
import { atPace } from '../writer/at-pace.ts';
import { type Lesson, type PeerEvent, PeerEvents } from './peer-events.ts';

/** What a peer does with events. */
export interface Publisher {
  /** Sends events to everybody whom they concern. */
  emit(events: readonly PeerEvent[]): void;
  /** Hears whom the events are for from now on. */
  onLesson(lesson: Lesson): void;
  /** Whether it takes those that come together at once, or one after another. */
  readonly takesMany: boolean;
}

/** Lets the bench publish events of a peer: so many, or at a pace. */
export function publishOnCommand({ emit, onLesson, takesMany }: Publisher): void {
  const events = new PeerEvents();
  const makeSome = (count: number) => Array.from({ length: count }, () => events.make());
  answerCommands({
    learn: (lesson: Lesson) => {
      events.learn(lesson);
      onLesson(lesson);
    },
    publish: async (count: number) => {
      if (takesMany) {
        emit(makeSome(count));
        return;
      }
      for (let i = 0; i < count; i += 1) {
        emit(makeSome(1));
        await soon();
      }
    },
    steady: (pace: Pace) =>
      atPace(pace, async (count) => {
        const made = makeSome(count);
        const now = sharedNow();
        for (const some of takesMany ? [made] : made.map((event) => [event])) emit(some);
        return made.map(({ call }) => ({ key: call.id, askedAt: now, committedAt: now }));
      }),
  });
}
