import { OPERATION_RULES } from '../../../services/operation-rules.js';
import { type Actor, anonymous } from '../../../services/shared/access/actor.js';
import { denialOf } from '../../../services/shared/access/operation-rule.js';
import { rightsOf } from '../../../services/shared/access/rights.js';
import type { LiveSubscription } from './live-subscription.js';
import { identityOf } from './message-maker.js';

const NOBODY = anonymous();
const NONE: readonly LiveSubscription[] = [];

/** Whether two actors may be shown the same. */
function isSame(one: Actor, other: Actor): boolean {
  return rightsOf(one).key === rightsOf(other).key && identityOf(one) === identityOf(other);
}

/** Somebody's open socket, as far as rights go. */
export abstract class LiveSession {
  /** Few, and of as many sockets as there are: an array takes a sixth of a set's memory. */
  subscriptions: readonly LiveSubscription[] = NONE;
  actor: Actor = NOBODY;
  /** Undefined while nothing is under way: most sockets are idle. */
  #turn: Promise<void> | undefined;

  /** Asks who is there now; undefined, after it has closed the socket, for nobody we know. */
  protected abstract present(): Promise<Actor | undefined>;

  /** Tells of a failure on our side. */
  protected abstract report(error: unknown): void;

  /**
   * Asks who is there now, and ends or narrows what is followed.
   *
   * One after the other: who comes while it is under way is told by an answer that was asked for after they came.
   */
  refresh(): Promise<void> {
    return this.inTurn(async () => {
      try {
        const actor = await this.present();
        if (actor) await this.become(actor);
        else this.end();
      } catch (error) {
        this.report(error);
        for (const subscription of this.subscriptions) subscription.fail();
      }
    });
  }

  /** Does something about who is there when what was begun before has been done. */
  protected inTurn<Result>(what: () => Promise<Result>): Promise<Result> {
    const done = (this.#turn ?? Promise.resolve()).then(what);
    const settled = done.then(ignore, ignore);
    this.#turn = settled;
    void settled.then(() => {
      if (this.#turn === settled) this.#turn = undefined;
    });
    return done;
  }

  /** Goes on as somebody with these rights; in turn. */
  protected async become(actor: Actor): Promise<void> {
    const same = isSame(actor, this.actor);
    this.actor = actor;
    if (same) return;
    for (const subscription of this.subscriptions) {
      const { operation, sink } = subscription.request;
      const denial = denialOf(actor, operation.rule, OPERATION_RULES[operation.rule]);
      if (denial) {
        subscription.stop();
        sink.refuse(denial);
      } else await subscription.move(actor);
    }
  }

  /** Ends all that is followed. */
  end(): void {
    for (const subscription of this.subscriptions) subscription.stop();
  }
}

function ignore(): void {}
