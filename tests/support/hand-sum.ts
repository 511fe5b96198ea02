/**
 * The sum done by hand: what the sample files must come to, computed apart from the product.
 *
 * This module is deliberately independent of the product's rating, parsing and reporting code: it imports nothing from
 * `src/`, knows nothing of the database, and follows the words of the requirements (part 6) directly, in exact integer
 * arithmetic (money in millionths, as `bigint`). A test that compares the product with it compares two separate works;
 * sharing a helper between the two would spoil that.
 *
 * It covers the sample as it is loaded: all of tariffs, operators and subscribers hold from 2026-09-01 00:00 Moscow
 * time, calls are taken in in the order of the file, and Moscow has no clock change, so that local times compare as
 * text. What the sample does not hold (a number on two good rows, an unknown disposition) it refuses, rather than
 * guess. Sums are text with 6 decimals, in roubles.
 */
import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';

export interface HandFiles {
  tariffs: string;
  operators: string;
  subscribers: string;
  calls: string;
}

export type BadReason =
  | 'COLUMNS_MISSING'
  | 'NAME_EMPTY'
  | 'NUMBER_INVALID'
  | 'EMAIL_INVALID'
  | 'ICCID_INVALID'
  | 'SIM_TAKEN'
  | 'TARIFF_UNKNOWN'
  | 'DEPOSIT_INVALID';

/** A row that is registered. `number` is of the form 79001112233. */
export interface GoodRow {
  line: number;
  name: string;
  number: string;
  email: string | null;
  iccid: string;
  tariff: string;
  deposit: string;
}

/** `line` is the physical line of the file (the header is line 1), `column` the header of the (first) bad column. */
export interface BadRow {
  line: number;
  column: string;
  reason: BadReason;
}

export type CallStatus = 'COMPLETED' | 'REDIRECTED' | 'REJECTED' | 'MISSED';

/** What one contract pays for one leg; a leg that is free by a rule has no charge at all. */
export interface LegCharge {
  number: string;
  tariff: string;
  billedSeconds: number;
  includedSeconds: number;
  amount: string; // 0.000000 when all of the leg was included
}

export interface HandCall {
  uniqueId: string;
  /** Local (Moscow) start as the file has it, and its day. */
  start: string;
  day: string;
  status: CallStatus;
  caller: string;
  called: string;
  redirectedTo: string | null;
  seconds: number;
  /** The caller's leg first, then the leg onward. */
  charges: LegCharge[];
}

export interface ContractTotal {
  number: string;
  tariff: string;
  deposit: string;
  charged: string;
  balance: string; // the deposit less the charges
}

export interface HandReportDay {
  day: string;
  answeredCalls: number;
  /** 2 decimals, as text; null for a day without answered calls. */
  averageSeconds: string | null;
  /** `2:30`; null for a day without answered calls. */
  averageDuration: string | null;
  activeSubscribers: number;
  income: string;
}

export interface HandSum {
  good: GoodRow[];
  bad: BadRow[];
  operators: string[];
  /** In the order of the file, one per uniqueid. */
  calls: HandCall[];
  contracts: Map<string, ContractTotal>; // by number
}

interface Tariff {
  name: string;
  pricePerMinute: string;
  billingStepSeconds: number;
  minimumSeconds: number;
  includedMinutes: number;
}

type CdrLine = Record<'src' | 'dst' | 'start' | 'billsec' | 'disposition' | 'uniqueid' | 'userfield', string>;

const CDR_COLUMNS = (
  'accountcode src dst dcontext clid channel dstchannel lastapp lastdata start answer end duration billsec ' +
  'disposition amaflags uniqueid userfield'
).split(' ');
const HOLDS_FROM = '2026-09-01 00:00:00';
const MILLION = 1_000_000n;

/** `12.5` → 12500000n; at most 6 decimals. */
export function toMicros(text: string): bigint {
  const match = /^(-?)(\d+)(?:\.(\d{1,6}))?$/.exec(text);
  if (!match) throw new Error(`not a sum: ${text}`);
  const micros = BigInt(match[2]!) * MILLION + BigInt((match[3] ?? '').padEnd(6, '0'));
  return match[1] ? -micros : micros;
}

/** 12500000n → `12.500000`. */
export function fromMicros(micros: bigint): string {
  const abs = micros < 0n ? -micros : micros;
  return `${micros < 0n ? '-' : ''}${abs / MILLION}.${String(abs % MILLION).padStart(6, '0')}`;
}

/** `over ÷ under` to a whole number, halves up; neither is negative here. */
function divideHalfUp(over: bigint, under: bigint): bigint {
  return (2n * over + under) / (2n * under);
}

/** The 11 digits of a Russian number, or null: `8(900) 111-22-33`, `+7 900 111-22-33` and `89001112233` are one. */
function readNumber(text: string): string | null {
  if (!/^\+?[\d\s()-]+$/.test(text)) return null;
  const digits = text.replace(/\D/g, '');
  return /^[78]\d{10}$/.test(digits) ? `7${digits.slice(1)}` : null;
}

/** 19 or 20 digits whose Luhn sum ends in 0. */
function isIccid(text: string): boolean {
  if (!/^\d{19,20}$/.test(text)) return false;
  let sum = 0;
  for (const [place, digit] of [...text].reverse().map(Number).entries()) {
    const twice = digit * 2;
    sum += place % 2 === 0 ? digit : twice > 9 ? twice - 9 : twice;
  }
  return sum % 10 === 0;
}

/** What is wrong with a row, and in which column; the first thing found. */
function faultOf(cells: string[], tariffs: Map<string, Tariff>, good: GoodRow[]): [column: number, BadReason] | null {
  if (cells.length < 6) return [cells.length, 'COLUMNS_MISSING'];
  const [name = '', phone = '', email = '', iccid = '', tariff = '', sum = ''] = cells;
  const number = readNumber(phone);
  if (!name) return [0, 'NAME_EMPTY'];
  if (!number) return [1, 'NUMBER_INVALID'];
  if (email && !/^[^@\s]+@[^@\s]+\.[^@\s]+$/.test(email)) return [2, 'EMAIL_INVALID'];
  if (!isIccid(iccid)) return [3, 'ICCID_INVALID'];
  if (good.some((row) => row.iccid === iccid && row.number !== number)) return [3, 'SIM_TAKEN'];
  if (!tariffs.has(tariff)) return [4, 'TARIFF_UNKNOWN'];
  return /^\d+([.,]\d{1,2})?$/.test(sum) ? null : [5, 'DEPOSIT_INVALID'];
}

function readSubscribers(path: string, tariffs: Map<string, Tariff>): { good: GoodRow[]; bad: BadRow[] } {
  const options = { bom: true, delimiter: ';', relax_column_count: true, trim: true };
  const [header = [], ...records] = parse(readFileSync(path), options) as string[][];
  const good: GoodRow[] = [];
  const bad: BadRow[] = [];
  for (const [index, cells] of records.entries()) {
    const line = index + 2; // no cell of the sample spans lines, and none of its lines is empty
    const [column, reason] = faultOf(cells, tariffs, good) ?? [];
    if (reason) bad.push({ line, column: header[column ?? 0] ?? '', reason });
    if (reason) continue;
    const [name = '', phone = '', email = '', iccid = '', tariff = '', sum = ''] = cells;
    const number = readNumber(phone)!;
    if (good.some((row) => row.number === number)) throw new Error(`line ${line}: ${number} a second time`);
    const deposit = fromMicros(toMicros(sum.replace(',', '.')));
    good.push({ line, name, number, email: email || null, iccid, tariff, deposit });
  }
  return { good, bad };
}

function statusOf(disposition: string, redirected: boolean): CallStatus {
  if (disposition === 'ANSWERED') return redirected ? 'REDIRECTED' : 'COMPLETED';
  if (disposition === 'BUSY' || disposition === 'FAILED') return 'REJECTED';
  if (disposition === 'NO ANSWER') return 'MISSED';
  throw new Error(`unknown disposition: ${disposition}`);
}

/** The calls as the file has them, the first line of each uniqueid, nothing charged yet. */
function readCalls(path: string): HandCall[] {
  const calls = new Map<string, HandCall>();
  for (const line of parse(readFileSync(path), { columns: CDR_COLUMNS }) as CdrLine[]) {
    const { start, billsec, uniqueid: uniqueId, userfield } = line;
    const [caller, called] = [readNumber(line.src), readNumber(line.dst)];
    const onward = readNumber(/^redirect:(.*)$/.exec(userfield)?.[1] ?? '');
    const sound = /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/.test(start) && /^\d+$/.test(billsec) && uniqueId;
    if (!caller || !called || !sound || (userfield && !onward)) throw new Error(`not a call: ${JSON.stringify(line)}`);
    if (calls.has(uniqueId)) continue;
    const status = statusOf(line.disposition, onward !== null);
    const redirectedTo = status === 'REDIRECTED' ? onward : null;
    const [day, seconds] = [start.slice(0, 10), Number(billsec)];
    calls.set(uniqueId, { uniqueId, start, day, status, caller, called, redirectedTo, seconds, charges: [] });
  }
  return [...calls.values()];
}

/** Who pays for a call, in order: nobody, the caller, the customer who passed it on, or both. */
function payers(call: HandCall, isOperator: (number: string) => boolean): string[] {
  if (!isAnswered(call) || isOperator(call.called)) return [];
  const caller = isOperator(call.caller) ? [] : [call.caller];
  const onward = call.redirectedTo !== null && !isOperator(call.redirectedTo) ? [call.called] : [];
  return [...caller, ...onward];
}

/** One leg: billed by minimum and step, less what is left of the month's included seconds, at the price. */
function rate(tariff: Tariff, number: string, month: string, seconds: number, used: Map<string, number>): LegCharge {
  const { billingStepSeconds: step, minimumSeconds, includedMinutes } = tariff;
  const billedSeconds = seconds === 0 ? 0 : Math.max(minimumSeconds, Math.ceil(seconds / step) * step);
  const before = used.get(`${number} ${month}`) ?? 0;
  const includedSeconds = Math.min(billedSeconds, includedMinutes * 60 - before);
  used.set(`${number} ${month}`, before + includedSeconds);
  const amount = divideHalfUp(BigInt(billedSeconds - includedSeconds) * toMicros(tariff.pricePerMinute), 60n);
  return { number, tariff: tariff.name, billedSeconds, includedSeconds, amount: fromMicros(amount) };
}

const readJson = <T>(path: string): T[] => JSON.parse(readFileSync(path, 'utf8'));

export function handSum(files: HandFiles): HandSum {
  const tariffs = new Map(readJson<Tariff>(files.tariffs).map((tariff) => [tariff.name, tariff]));
  const operators = new Set(readJson<{ phone: string }>(files.operators).map(({ phone }) => readNumber(phone)!));
  const { good, bad } = readSubscribers(files.subscribers, tariffs);
  const holders = new Map(good.map((row) => [row.number, row]));
  const charged = new Map<string, bigint>();
  const used = new Map<string, number>();
  const calls = readCalls(files.calls);
  for (const call of calls) {
    if (call.start < HOLDS_FROM) throw new Error(`a call before anything holds: ${call.uniqueId}`);
    for (const number of payers(call, (each) => operators.has(each))) {
      const holder = holders.get(number);
      if (!holder) continue; // no subscriber of ours: recorded, not charged
      const charge = rate(tariffs.get(holder.tariff)!, number, call.day.slice(0, 7), call.seconds, used);
      call.charges.push(charge);
      charged.set(number, (charged.get(number) ?? 0n) + toMicros(charge.amount));
    }
  }
  const contracts = new Map<string, ContractTotal>();
  for (const { number, tariff, deposit } of good) {
    const cost = charged.get(number) ?? 0n;
    const balance = fromMicros(toMicros(deposit) - cost);
    contracts.set(number, { number, tariff, deposit, charged: fromMicros(cost), balance });
  }
  return { good, bad, operators: [...operators], calls, contracts };
}

/** Completed or redirected: the calls that the mart, and so the report, has. */
export function isAnswered(call: HandCall): boolean {
  return call.status === 'COMPLETED' || call.status === 'REDIRECTED';
}

/** A row for each day from `from` to `to` (`2026-09-01`), both included. */
export function handReport(sum: HandSum, from: string, to: string): HandReportDay[] {
  const ours = new Set([...sum.contracts.keys(), ...sum.operators]);
  const byDay = Map.groupBy(sum.calls.filter(isAnswered), (call) => call.day);
  const rows: HandReportDay[] = [];
  for (let time = Date.parse(`${from}T00:00:00Z`); time <= Date.parse(`${to}T00:00:00Z`); time += 86_400_000) {
    const day = new Date(time).toISOString().slice(0, 10);
    const calls = byDay.get(day) ?? [];
    const seconds = calls.reduce((total, call) => total + call.seconds, 0);
    const active = new Set(calls.flatMap((call) => [call.caller, call.called]).filter((number) => ours.has(number)));
    const income = calls.flatMap((call) => call.charges).reduce((total, { amount }) => total + toMicros(amount), 0n);
    rows.push({
      day,
      answeredCalls: calls.length,
      ...averages(BigInt(seconds), BigInt(calls.length)),
      activeSubscribers: active.size,
      income: fromMicros(income),
    });
  }
  return rows;
}

function averages(seconds: bigint, calls: bigint): Pick<HandReportDay, 'averageSeconds' | 'averageDuration'> {
  if (calls === 0n) return { averageSeconds: null, averageDuration: null };
  const hundredths = divideHalfUp(seconds * 100n, calls);
  const whole = divideHalfUp(seconds, calls);
  return {
    averageSeconds: `${hundredths / 100n}.${String(hundredths % 100n).padStart(2, '0')}`,
    averageDuration: `${whole / 60n}:${String(whole % 60n).padStart(2, '0')}`,
  };
}
