/** The items behind the first `skipped`, in their order, at most `size` at a time. */
export async function* batchesOf<Item>(items: AsyncIterable<Item>, size: number, skipped = 0): AsyncGenerator<Item[]> {
  let batch: Item[] = [];
  let position = 0;
  for await (const item of items) {
    position += 1;
    if (position <= skipped) continue;
    batch.push(item);
    if (batch.length === size) {
      yield batch;
      batch = [];
    }
  }
  if (batch.length > 0) yield batch;
}

/** How many items there are. */
export async function countItems(items: AsyncIterable<unknown>): Promise<number> {
  let count = 0;
  for await (const _ of items) count += 1;
  return count;
}

/** The same items, each read while the one before is worked on. */
export async function* readAhead<Item>(items: AsyncGenerator<Item>): AsyncGenerator<Item> {
  const read = () => {
    const next = items.next();
    // Whoever takes the item gets the failure; until then it is nobody's.
    next.catch(() => undefined);
    return next;
  };
  try {
    for (let next = read(); ; ) {
      const item = await next;
      if (item.done) return;
      next = read();
      yield item.value;
    }
  } finally {
    await items.return(undefined);
  }
}
