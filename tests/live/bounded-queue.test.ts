import { BoundedQueue, QueueOverflow } from '../../src/services/shared/live/bounded-queue.js';

describe('the queue of one listener', () => {
  it('gives what was pushed, in order, before and after somebody waits', async () => {
    const queue = new BoundedQueue<number>(3, () => undefined);
    queue.push(1);
    queue.push(2);
    expect(await queue.next()).toEqual({ value: 1, done: false });
    expect(await queue.next()).toEqual({ value: 2, done: false });
    const waiting = queue.next();
    queue.push(3);
    expect(await waiting).toEqual({ value: 3, done: false });
  });

  it('holds no more than its bound, and tells at once when it is reached', async () => {
    const ends: unknown[] = [];
    const queue = new BoundedQueue<number>(2, (failure) => ends.push(failure));
    queue.push(1);
    queue.push(2);
    expect(ends).toEqual([]);
    queue.push(3);
    expect(ends).toEqual([expect.any(QueueOverflow)]);
    expect(queue.length).toBe(0);
    await expect(queue.next()).rejects.toBeInstanceOf(QueueOverflow);
    expect(await queue.next()).toEqual({ value: undefined, done: true });
  });

  it('ends whoever waits when it is returned', async () => {
    const queue = new BoundedQueue<number>(2, () => undefined);
    const waiting = queue.next();
    await queue.return();
    expect(await waiting).toEqual({ value: undefined, done: true });
    queue.push(1);
    expect(await queue.next()).toEqual({ value: undefined, done: true });
  });
});
