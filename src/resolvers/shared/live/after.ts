import { Arg } from 'type-graphql';
import { CursorScalar } from '../../../schema/shared/cursor.scalar.js';

/** The argument of every subscription that says where it goes on; the hub sees to it, no method looks at it. */
export function After() {
  return Arg('after', () => CursorScalar, {
    nullable: true,
    description: 'Go on behind this place; from now on when left out.',
  });
}
