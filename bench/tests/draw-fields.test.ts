import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Operation, Selected } from '../questions/operation.ts';
import { printForPeer } from '../questions/print-for-peer.ts';
import { printForProduct } from '../questions/print-for-product.ts';
import { drawFields, drawPage } from '../reads/drawn/draw-fields.ts';
import { drawFilterValues } from '../reads/drawn/draw-values.ts';
import { Random } from '../shared/random.ts';

const POOLS = { customers: ['1'], operators: ['1'], tariffs: ['1'] };
const AFTER = { product: 'ours', peer: 'theirs' };
const SEEDS = Array.from({ length: 200 }, (_, n) => n);

const namesOf = (selected: readonly Selected[]) => selected.map(({ name }) => name);

test('a drawn selection has the objects of its shape, and values in every object', () => {
  const check = (selected: readonly Selected[]) => {
    assert.ok(selected.some(({ of }) => of === undefined));
    for (const { of } of selected) if (of) check(of);
  };
  for (const seed of SEEDS) {
    const drawn = drawFields(new Random(seed), 'Customer', { contracts: { sim: {} } }, true);
    const contracts = drawn.find(({ name }) => name === 'contracts');
    assert.ok(namesOf(contracts?.of ?? []).includes('sim'));
    check(drawn);
  }
});

test('whatever is drawn can be asked of both graphs, with no argument given twice', () => {
  for (const seed of SEEDS) {
    const random = new Random(seed);
    const operations: Operation[] = [
      {
        name: 'Calls',
        root: { by: 'page', type: 'Call', field: 'calls', page: drawPage(random, 'Call', [10]) },
        fields: drawFields(random, 'Call', { caller: {}, charge: {} }, false),
      },
      {
        name: 'Card',
        root: { by: 'id', type: 'Customer', field: 'customer' },
        fields: drawFields(random, 'Customer', { contracts: {}, calls: {} }, true),
      },
    ];
    for (const operation of operations) {
      const values = { key: '7', after: AFTER, filters: drawFilterValues(random, operation, POOLS) ?? {} };
      for (const { query } of [printForProduct(operation, values), printForPeer(operation, values, '1')]) {
        for (const [, given] of query.matchAll(/(?:filter|condition): \{([^}]*)\}/g)) {
          const names = given!.split(', ').map((pair) => pair.split(':')[0]);
          assert.equal(new Set(names).size, names.length, query);
        }
      }
    }
  }
});
