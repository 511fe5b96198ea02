import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Operation } from '../questions/operation.ts';
import { printForPeer } from '../questions/print-for-peer.ts';
import { printForProduct } from '../questions/print-for-product.ts';
import { fields, one } from '../questions/select.ts';

const LIST: Operation = {
  name: 'List',
  root: {
    by: 'page',
    type: 'Call',
    field: 'calls',
    page: { first: 50, order: 'STARTED_AT_DESC', filters: ['status', 'day'], after: true, info: true },
  },
  fields: fields('id', one('caller', fields('number')), one('charge', fields('amount'))),
};

const VALUES = {
  filters: {
    status: { product: ['MISSED'], peer: ['MISSED'] },
    day: { product: ['2026-09-02', '2026-09-02'], peer: ['2026-09-01T21:00:00.000Z', '2026-09-02T21:00:00.000Z'] },
  },
  after: { product: 'ours', peer: 'theirs' },
};

test('a list is asked of the product with its filters, its order and its cursor in variables', () => {
  const { query, variables } = printForProduct(LIST, VALUES);
  assert.equal(
    query,
    'query List($status_status: CallStatus, $day_fromDay: LocalDate, $day_toDay: LocalDate, $after: String!) ' +
      '{ calls(first: 50, orderBy: {field: STARTED_AT, direction: DESC}, ' +
      'filter: {status: $status_status, fromDay: $day_fromDay, toDay: $day_toDay}, after: $after) ' +
      '{ nodes { id caller { number } charge { amount { amount currency } } } pageInfo { hasNextPage endCursor } } }',
  );
  assert.deepEqual(variables, {
    status_status: 'MISSED',
    day_fromDay: '2026-09-02',
    day_toDay: '2026-09-02',
    after: 'ours',
  });
});

test('the same list is asked of PostGraphile in its own terms', () => {
  const { query, variables } = printForPeer(LIST, VALUES);
  assert.equal(
    query,
    'query List($status_status: String, $day_startedFrom: Datetime, $day_startedBefore: Datetime, $after: Cursor!) ' +
      '{ allCalls(first: 50, orderBy: [STARTED_AT_DESC, ROW_ID_DESC], ' +
      'condition: {status: $status_status, startedFrom: $day_startedFrom, startedBefore: $day_startedBefore}, after: $after) ' +
      '{ nodes { id callerNumber charge: chargesByCallId(condition: {leg: "CALLER"}) { nodes { amount currency } } } ' +
      'pageInfo { hasNextPage endCursor } } }',
  );
  assert.equal(variables.after, 'theirs');
  assert.equal(variables.day_startedFrom, '2026-09-01T21:00:00.000Z');
});

test('what an operator sees is asked of PostGraphile by a condition, and of the product by nothing but who asks', () => {
  assert.match(printForPeer(LIST, VALUES, '1').query, /startedBefore: \$day_startedBefore, visibleTo: "1"\}/);
});

test('an operation without the values of its filters is not asked at all', () => {
  assert.throws(() => printForProduct(LIST, { after: VALUES.after }), /no value for status/);
});
