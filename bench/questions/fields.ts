import type { Field, Inline, Leaf, List, Money, ObjectType, One, Picked } from './field.ts';

const plain = (peer: string): Leaf => ({ is: 'leaf', kind: 'plain', peer });
const instant = (peer: string): Leaf => ({ is: 'leaf', kind: 'instant', peer });
const id: Leaf = { is: 'leaf', kind: 'id', peer: 'id' };
const money = (amount: string): Money => ({ is: 'money', peer: { amount, currency: 'currency' } });
const one = (type: string, peer: string): One => ({ is: 'one', type, peer });
const inline = (type: string, unless: string): Inline => ({ is: 'inline', type, unless });
const list = (type: string, peer: string): List => ({ is: 'list', type, peer });
const legOf = (leg: string): Picked => ({
  is: 'picked',
  type: 'Charge',
  peer: 'chargesByCallId',
  condition: `{leg: "${leg}"}`,
});

/** The ends of a call: PostGraphile has their columns in the call's own row. */
const end = (prefix: string, name: string): Record<string, Field> => ({
  number: plain(`${prefix}Number`),
  customer: one('Customer', `customerBy${name}CustomerId`),
  operator: one('Operator', `operatorBy${name}OperatorId`),
});

/**
 * The fields that the product and PostGraphile both have, by type: what questions are made of, and how answers are
 * compared. Fields that the product works out (a number as people write it, a tariff's prices in force)
 * are not here, and no fields that only some may see.
 */
export const TYPES: Readonly<Record<string, ObjectType>> = {
  Customer: {
    peer: 'Customer',
    fields: {
      id,
      name: plain('name'),
      lastName: plain('lastName'),
      firstName: plain('firstName'),
      patronymic: plain('patronymic'),
      companyName: plain('companyName'),
      email: plain('email'),
      status: plain('status'),
      lastPaymentAt: instant('lastPaymentAt'),
      createdAt: instant('createdAt'),
      contracts: list('Contract', 'contractsByCustomerId'),
      payments: list('Payment', 'paymentsByCustomerId'),
      charges: list('Charge', 'chargesByCustomerId'),
      calls: { is: 'list', type: 'Call', peer: 'allCalls', condition: 'customer' },
    },
  },
  Contract: {
    peer: 'Contract',
    fields: {
      id,
      number: plain('number'),
      msisdn: plain('msisdn'),
      status: plain('status'),
      activatedAt: instant('activatedAt'),
      closedAt: instant('closedAt'),
      createdAt: instant('createdAt'),
      customer: one('Customer', 'customerByCustomerId'),
      sim: one('Sim', 'simBySimId'),
      tariff: one('Tariff', 'tariffByTariffId'),
      balance: { is: 'row-money', peer: { row: 'accountByContractId', amount: 'balance', currency: 'currency' } },
      payments: list('Payment', 'paymentsByContractId'),
      charges: list('Charge', 'chargesByContractId'),
    },
  },
  Sim: {
    peer: 'Sim',
    fields: {
      id,
      iccid: plain('iccid'),
      imsi: plain('imsi'),
      status: plain('status'),
      activatedAt: instant('activatedAt'),
      createdAt: instant('createdAt'),
    },
  },
  Tariff: {
    peer: 'Tariff',
    fields: {
      id,
      name: plain('name'),
      description: plain('description'),
      active: plain('active'),
      createdAt: instant('createdAt'),
      versions: list('TariffVersion', 'tariffVersionsByTariffId'),
    },
  },
  TariffVersion: {
    peer: 'TariffVersion',
    fields: {
      id,
      validFrom: instant('validFrom'),
      pricePerMinute: money('pricePerMinute'),
      monthlyFee: money('monthlyFee'),
      includedMinutes: plain('includedMinutes'),
      billingStepSeconds: plain('billingStepSeconds'),
      minimumSeconds: plain('minimumSeconds'),
    },
  },
  Payment: {
    peer: 'Payment',
    fields: {
      id,
      amount: money('amount'),
      method: plain('method'),
      status: plain('status'),
      receivedAt: instant('receivedAt'),
      createdAt: instant('createdAt'),
      contract: one('Contract', 'contractByContractId'),
      customer: one('Customer', 'customerByCustomerId'),
      takenBy: one('User', 'appUserByTakenById'),
    },
  },
  User: {
    peer: 'AppUser',
    fields: {
      id,
      lastName: plain('lastName'),
      firstName: plain('firstName'),
      patronymic: plain('patronymic'),
      presence: plain('presence'),
    },
  },
  Operator: { peer: 'Operator', fields: { id, alias: plain('alias'), user: one('User', 'appUserByUserId') } },
  Call: {
    peer: 'Call',
    fields: {
      id,
      direction: plain('direction'),
      status: plain('status'),
      startedAt: instant('startedAt'),
      answeredAt: instant('answeredAt'),
      endedAt: instant('endedAt'),
      durationSeconds: plain('durationSeconds'),
      recordedAt: instant('recordedAt'),
      caller: inline('Caller', 'callerNumber'),
      called: inline('Called', 'calledNumber'),
      redirectedTo: inline('RedirectedTo', 'redirectedToNumber'),
      charge: legOf('CALLER'),
      onwardCharge: legOf('ONWARD'),
    },
  },
  Caller: {
    peer: 'Call',
    fields: { ...end('caller', 'Caller'), contract: one('Contract', 'contractByCallerContractId') },
  },
  Called: {
    peer: 'Call',
    fields: { ...end('called', 'Called'), contract: one('Contract', 'contractByCalledContractId') },
  },
  RedirectedTo: { peer: 'Call', fields: end('redirectedTo', 'RedirectedTo') },
  Charge: {
    peer: 'Charge',
    fields: {
      id,
      leg: plain('leg'),
      freeReason: plain('freeReason'),
      startedAt: instant('startedAt'),
      durationSeconds: plain('durationSeconds'),
      billedSeconds: plain('billedSeconds'),
      includedSeconds: plain('includedSeconds'),
      pricePerMinute: money('pricePerMinute'),
      amount: money('amount'),
      call: one('Call', 'callByCallId'),
      contract: one('Contract', 'contractByContractId'),
      customer: one('Customer', 'customerByCustomerId'),
    },
  },
};

/** @throws Error for a field that is not in the table */
export function fieldOf(type: string, name: string): Field {
  const field = TYPES[type]?.fields[name];
  if (!field) throw new Error(`There is no field ${type}.${name} in the table of fields.`);
  return field;
}
