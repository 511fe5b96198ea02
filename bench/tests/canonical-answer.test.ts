import assert from 'node:assert/strict';
import { test } from 'node:test';
import { canonicalAnswer } from '../questions/canonical-answer.ts';
import { differences } from '../questions/difference.ts';
import { peerId, productId } from '../questions/global-id.ts';
import type { Operation } from '../questions/operation.ts';
import { fields, list, one } from '../questions/select.ts';

const CARD: Operation = {
  name: 'Card',
  root: { by: 'id', type: 'Customer', field: 'customer' },
  fields: fields(
    'id createdAt',
    list('contracts', { first: 2, order: 'NUMBER_ASC', info: true }, fields('number balance')),
    list(
      'calls',
      { first: 2, order: 'STARTED_AT_DESC' },
      fields(
        'id',
        one('caller', fields('number')),
        one('redirectedTo', fields('number')),
        one('charge', fields('amount')),
      ),
    ),
  ),
};

const product = {
  customer: {
    id: productId('Customer', '7'),
    createdAt: '2026-09-01T00:00:00.250Z',
    contracts: {
      nodes: [{ number: 'C-1', balance: { amount: '500.00', currency: 'RUB' } }],
      pageInfo: { hasNextPage: false, endCursor: 'ours' },
    },
    calls: {
      nodes: [
        {
          id: productId('Call', '9'),
          caller: { number: '+79000000001' },
          redirectedTo: null,
          charge: { amount: { amount: '0.283333', currency: 'RUB' } },
        },
      ],
    },
  },
};

const peer = {
  customer: {
    id: peerId('Customer', '7'),
    createdAt: '2026-09-01T03:00:00.250000+03:00',
    contractsByCustomerId: {
      nodes: [{ number: 'C-1', accountByContractId: { balance: '500.000000', currency: 'RUB' } }],
      pageInfo: { hasNextPage: false, endCursor: 'theirs' },
    },
  },
  calls: {
    nodes: [
      {
        id: peerId('Call', '9'),
        callerNumber: '+79000000001',
        redirectedToNumber: null,
        charge: { nodes: [{ amount: '0.283333', currency: 'RUB' }] },
      },
    ],
  },
};

const differ = (changed: typeof peer) =>
  differences(canonicalAnswer('product', CARD, product), canonicalAnswer('peer', CARD, changed));

test('answers that mean the same are equal in whatever words', () => {
  assert.deepEqual(differ(peer), []);
});

test('an amount that differs in its sixth decimal is a difference, and its place is told', () => {
  const changed = structuredClone(peer);
  changed.calls.nodes[0]!.charge.nodes[0]!.amount = '0.283334';
  assert.deepEqual(differ(changed), [
    { path: '.calls.nodes.0.charge.amount.amount', one: '0.283333', other: '0.283334' },
  ]);
});

test('an instant that differs by a millisecond is a difference', () => {
  const changed = structuredClone(peer);
  changed.customer.createdAt = '2026-09-01T03:00:00.251000+03:00';
  assert.equal(differ(changed)[0]?.path, '.createdAt');
});

test('an id of another object, or of another kind with the same key, is a difference', () => {
  for (const id of [peerId('Customer', '8'), peerId('Contract', '7')]) {
    const changed = structuredClone(peer);
    changed.customer.id = id;
    assert.equal(differ(changed)[0]?.path, '.id');
  }
});

test('a row too few, and another word on whether there are more, are differences', () => {
  const fewer = structuredClone(peer);
  fewer.calls.nodes = [];
  assert.equal(differ(fewer)[0]?.path, '.calls.nodes.0');
  const more = structuredClone(peer);
  more.customer.contractsByCustomerId.pageInfo.hasNextPage = true;
  assert.equal(differ(more)[0]?.path, '.contracts.more');
});

test('zeros of a whole number are kept', () => {
  const changed = structuredClone(peer);
  changed.customer.contractsByCustomerId.nodes[0]!.accountByContractId.balance = '5';
  assert.deepEqual(differ(changed), [{ path: '.contracts.nodes.0.balance.amount', one: '500', other: '5' }]);
});
