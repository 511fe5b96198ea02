/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type { TypedDocumentNode as DocumentNode } from '@graphql-typed-document-node/core';
export type Maybe<T> = T | null;
export type InputMaybe<T> = Maybe<T>;
/** All built-in and custom scalars, mapped to their actual values */
export type Scalars = {
  ID: { input: string; output: string; }
  String: { input: string; output: string; }
  Boolean: { input: boolean; output: boolean; }
  Int: { input: number; output: number; }
  Float: { input: number; output: number; }
  /** A field whose value is a Currency: https://en.wikipedia.org/wiki/ISO_4217. */
  Currency: { input: string; output: string; }
  /** A date-time string at UTC, such as 2007-12-03T10:15:30Z, compliant with the `date-time` format outlined in section 5.6 of the RFC 3339 profile of the ISO 8601 standard for representation of dates and times using the Gregorian calendar.This scalar is serialized to a string in ISO 8601 format and parsed from a string in ISO 8601 format. */
  DateTimeISO: { input: string; output: string; }
  /** An exact decimal number as text, such as `"0.283333"`; never a float. Whole numbers are taken as numbers too. */
  Decimal: { input: string; output: string; }
  /** A field whose value conforms to the standard internet email address format as specified in HTML Spec: https://html.spec.whatwg.org/multipage/input.html#valid-e-mail-address. */
  EmailAddress: { input: string; output: string; }
  /** A local date string (i.e., with no associated timezone) in `YYYY-MM-DD` format, e.g. `2020-01-01`. */
  LocalDate: { input: string; output: string; }
  /** A field whose value conforms to the standard E.164 format as specified in: https://en.wikipedia.org/wiki/E.164. Basically this is +17895551234. */
  PhoneNumber: { input: string; output: string; }
  /** The `SafeInt` scalar type represents non-fractional signed whole numeric values that are considered safe as defined by the ECMAScript specification. */
  SafeInt: { input: unknown; output: unknown; }
};

/** An invitation to be accepted. */
export type AcceptInvitationInput = {
  /** The password to sign in with from now on, 8 to 200 characters. */
  password: Scalars['String']['input'];
  /** The one-time token of the invitation. */
  token: Scalars['String']['input'];
};

/** What accepting an invitation gave. */
export type AcceptInvitationPayload = {
  __typename?: 'AcceptInvitationPayload';
  /** Why it was refused; empty when it was not. */
  errors: Array<UserError>;
  /** The session; null when it was refused. */
  session?: Maybe<Session>;
};

/** Which contract to switch on. */
export type ActivateContractInput = {
  /** The contract’s id; it must be accepted. */
  contractId: Scalars['ID']['input'];
  /** A repeat with the same key and input gives the first result. */
  idempotencyKey: Scalars['String']['input'];
};

/** What `activateContract` answers. */
export type ActivateContractPayload = {
  __typename?: 'ActivateContractPayload';
  /** The contract, now active; null when refused. */
  contract?: Maybe<Contract>;
  /** Why it was refused; empty when it was not. */
  errors: Array<UserError>;
};

/** One call attempt, with its outcome. */
export type Call = Node & {
  __typename?: 'Call';
  /** When it was answered; null when it was not, or not told. */
  answeredAt?: Maybe<Scalars['DateTimeISO']['output']>;
  /** Who was called. */
  called: CallParty;
  /** Who called. */
  caller: CallParty;
  /** What the caller’s leg cost; null for a call that was not answered, and where you may not see it. */
  charge?: Maybe<Charge>;
  /** Which way it went. */
  direction: CallDirection;
  /** Seconds spoken; 0 unless it was answered. */
  durationSeconds: Scalars['Int']['output'];
  /** When it ended; null when that was not told. */
  endedAt?: Maybe<Scalars['DateTimeISO']['output']>;
  /** Global id. */
  id: Scalars['ID']['output'];
  /** What the leg onward cost the customer who redirected it; null where there is none that you may see. */
  onwardCharge?: Maybe<Charge>;
  /** When it was recorded here. */
  recordedAt: Scalars['DateTimeISO']['output'];
  /** Where it was passed on to; null when it was not, and for a caller where another customer redirected it. */
  redirectedTo?: Maybe<CallParty>;
  /** When it began; who held the numbers then, and at which prices, counts. */
  startedAt: Scalars['DateTimeISO']['output'];
  /** How it ended. */
  status: CallStatus;
};

/** A page of calls. */
export type CallConnection = {
  __typename?: 'CallConnection';
  /** The page’s objects with their cursors. */
  edges: Array<CallEdge>;
  /** The page’s objects. */
  nodes: Array<Call>;
  /** Where the page stands in the list. */
  pageInfo: PageInfo;
  /** How many there are in all pages; counted only when asked for. */
  totalCount: Scalars['Int']['output'];
};

/** Which way a call went, seen from the contact centre. */
export type CallDirection =
  /** To an operator. */
  | 'INBOUND'
  /** From one operator to another. */
  | 'INTERNAL'
  /** Through the network, with no operator at either end. */
  | 'NETWORK'
  /** By an operator. */
  | 'OUTBOUND';

/** One of the calls with its place in the list. */
export type CallEdge = {
  __typename?: 'CallEdge';
  /** Its place, for `after` and `before`; good for this order only. */
  cursor: Scalars['String']['output'];
  /** The object itself. */
  node: Call;
};

/** That a call was recorded. */
export type CallFeedEvent = {
  __typename?: 'CallFeedEvent';
  /** The call as you may see it. */
  call?: Maybe<Call>;
  /** Its place in the event log; opaque. */
  cursor: Scalars['String']['output'];
};

/** Which calls of the feed; every field given must hold. */
export type CallFeedFilter = {
  /** With this customer as caller or called. */
  customerId?: InputMaybe<Scalars['ID']['input']>;
  /** In this direction. */
  direction?: InputMaybe<CallDirection>;
  /** With an operator of this group. */
  groupId?: InputMaybe<Scalars['ID']['input']>;
  /** With this operator as caller, called, or target of a redirection. */
  operatorId?: InputMaybe<Scalars['ID']['input']>;
  /** With one of these outcomes. */
  statuses?: InputMaybe<Array<CallStatus>>;
};

/** Which calls; every field given must hold. */
export type CallFilter = {
  /** With this customer as caller or called. */
  customerId?: InputMaybe<Scalars['ID']['input']>;
  /** In this direction. */
  direction?: InputMaybe<CallDirection>;
  /** Begun on this day or later, in the organisation’s time zone. */
  fromDay?: InputMaybe<Scalars['LocalDate']['input']>;
  /** From or to this number, in any usual form. */
  number?: InputMaybe<Scalars['String']['input']>;
  /** With this operator as caller, called, or target of a redirection. */
  operatorId?: InputMaybe<Scalars['ID']['input']>;
  /** Begun before this instant. */
  startedBefore?: InputMaybe<Scalars['DateTimeISO']['input']>;
  /** Begun at this instant or later. */
  startedFrom?: InputMaybe<Scalars['DateTimeISO']['input']>;
  /** That ended like this. */
  status?: InputMaybe<CallStatus>;
  /** Begun on this day or earlier, in the organisation’s time zone. */
  toDay?: InputMaybe<Scalars['LocalDate']['input']>;
};

/** How calls are ordered. */
export type CallOrder = {
  /** Which end first. */
  direction?: OrderDirection;
  /** By what. */
  field: CallOrderField;
};

/** What calls are ordered by. */
export type CallOrderField =
  /** When they began. */
  | 'STARTED_AT';

/** One end of a call: its number, and who had that number when the call began. */
export type CallParty = {
  __typename?: 'CallParty';
  /** The contract that had the number; null for anybody else, for whom a call was redirected to, and where you may not see it. */
  contract?: Maybe<Contract>;
  /** The customer who had the number; null for anybody else, and where you may not see who it is. */
  customer?: Maybe<Customer>;
  /** The number as people write it, such as `8(900) 111-22-33`. */
  formatted: Scalars['String']['output'];
  /** In E.164, such as `+79001112233`; an internal or short number as the exchange wrote it. */
  number: Scalars['String']['output'];
  /** The operator who had the number; null for anybody else. */
  operator?: Maybe<Operator>;
};

/** How a call ended. */
export type CallStatus =
  /** It was answered. */
  | 'COMPLETED'
  /** Nobody answered it. */
  | 'MISSED'
  /** It was answered, and passed on to another number. */
  | 'REDIRECTED'
  /** It was refused, found the line busy, or failed. */
  | 'REJECTED';

/** A password to be changed. */
export type ChangePasswordInput = {
  /** The password that holds. */
  currentPassword: Scalars['String']['input'];
  /** The one that takes its place, 8 to 200 characters. */
  newPassword: Scalars['String']['input'];
};

/** What changing the password gave. */
export type ChangePasswordPayload = {
  __typename?: 'ChangePasswordPayload';
  /** How many other sessions ended, of whoever else was signed in; null when it was refused. */
  endedSessions?: Maybe<Scalars['Int']['output']>;
  /** Why it was refused; empty when it was not. */
  errors: Array<UserError>;
};

/** What one leg of an answered call cost. Every answered call has its caller’s leg, at zero where it was free. */
export type Charge = Node & {
  __typename?: 'Charge';
  /** What it came to, to six decimals, half-up. */
  amount: Money;
  /** Seconds after the tariff’s minimum and step; 0 where it was free. */
  billedSeconds: Scalars['Int']['output'];
  /** The call; null where you may not see it. */
  call?: Maybe<Call>;
  /** The contract whose leg it is; null for a caller who is no subscriber, and where you may not see it. */
  contract?: Maybe<Contract>;
  /** The customer whose leg it is; null for a caller who is no subscriber, and where you may not see it. */
  customer?: Maybe<Customer>;
  /** Seconds spoken. */
  durationSeconds: Scalars['Int']['output'];
  /** Why it was free; null where it was rated. */
  freeReason?: Maybe<FreeReason>;
  /** Global id. */
  id: Scalars['ID']['output'];
  /** Of the seconds billed, how many the month’s included minutes covered. */
  includedSeconds: Scalars['Int']['output'];
  /** Which leg it is for. */
  leg: ChargeLeg;
  /** What a minute cost; null where it was free. */
  pricePerMinute?: Maybe<Money>;
  /** When the call began. */
  startedAt: Scalars['DateTimeISO']['output'];
};

/** A page of charges. */
export type ChargeConnection = {
  __typename?: 'ChargeConnection';
  /** The page’s objects with their cursors. */
  edges: Array<ChargeEdge>;
  /** The page’s objects. */
  nodes: Array<Charge>;
  /** Where the page stands in the list. */
  pageInfo: PageInfo;
  /** How many there are in all pages; counted only when asked for. */
  totalCount: Scalars['Int']['output'];
};

/** One of the charges with its place in the list. */
export type ChargeEdge = {
  __typename?: 'ChargeEdge';
  /** Its place, for `after` and `before`; good for this order only. */
  cursor: Scalars['String']['output'];
  /** The object itself. */
  node: Charge;
};

/** Which charges; every field given must hold. */
export type ChargeFilter = {
  /** Of this customer. */
  customerId?: InputMaybe<Scalars['ID']['input']>;
  /** Free ones, or rated ones. */
  free?: InputMaybe<Scalars['Boolean']['input']>;
  /** Of calls begun on this day or later, in the organisation’s time zone. */
  fromDay?: InputMaybe<Scalars['LocalDate']['input']>;
  /** For this leg. */
  leg?: InputMaybe<ChargeLeg>;
  /** Of calls begun before this instant. */
  startedBefore?: InputMaybe<Scalars['DateTimeISO']['input']>;
  /** Of calls begun at this instant or later. */
  startedFrom?: InputMaybe<Scalars['DateTimeISO']['input']>;
  /** Of calls begun on this day or earlier, in the organisation’s time zone. */
  toDay?: InputMaybe<Scalars['LocalDate']['input']>;
};

/** Which leg of a call a charge is for. */
export type ChargeLeg =
  /** From the caller to the number called, paid by the caller. */
  | 'CALLER'
  /** From a customer who redirected the call onward, paid by that customer. */
  | 'ONWARD';

/** How charges are ordered. */
export type ChargeOrder = {
  /** Which end first. */
  direction?: OrderDirection;
  /** By what. */
  field: ChargeOrderField;
};

/** What charges are ordered by. */
export type ChargeOrderField =
  /** When their calls began. */
  | 'STARTED_AT';

/** A customer’s agreement: one number, one SIM, one tariff, one account. */
export type Contract = Node & {
  __typename?: 'Contract';
  /** Since when it is in force; null before. */
  activatedAt?: Maybe<Scalars['DateTimeISO']['output']>;
  /** Payments less charges, below zero for a debt; null where you may not see it. */
  balance?: Maybe<Money>;
  /** Calls from and to this contract’s number while it had it, as far as you may see them. */
  calls: CallConnection;
  /** What calls cost on this contract, as far as you may see it. */
  charges: ChargeConnection;
  /** When it ended; null before. */
  closedAt?: Maybe<Scalars['DateTimeISO']['output']>;
  /** When it was registered. */
  createdAt: Scalars['DateTimeISO']['output'];
  /** Whose it is; null where you may not see that. */
  customer?: Maybe<Customer>;
  /** Global id. */
  id: Scalars['ID']['output'];
  /** The subscriber’s number, E.164. */
  msisdn: Scalars['PhoneNumber']['output'];
  /** The number as people write it, such as `8(900) 111-22-33`. */
  msisdnFormatted: Scalars['String']['output'];
  /** What people call it by, such as `C-00000012`; the same for good. */
  number: Scalars['String']['output'];
  /** The payments for it that you may see. */
  payments: PaymentConnection;
  /** The SIM that is in it, or was in it last; null where you may not see it. */
  sim?: Maybe<Sim>;
  /** Where it stands. */
  status: ContractStatus;
  /** Its tariff; null where you may not see it. */
  tariff?: Maybe<Tariff>;
};


/** A customer’s agreement: one number, one SIM, one tariff, one account. */
export type ContractCallsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<CallFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  orderBy?: InputMaybe<CallOrder>;
};


/** A customer’s agreement: one number, one SIM, one tariff, one account. */
export type ContractChargesArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<ChargeFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  orderBy?: InputMaybe<ChargeOrder>;
};


/** A customer’s agreement: one number, one SIM, one tariff, one account. */
export type ContractPaymentsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<PaymentFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  orderBy?: InputMaybe<PaymentOrder>;
};

/** A page of contracts. */
export type ContractConnection = {
  __typename?: 'ContractConnection';
  /** The page’s objects with their cursors. */
  edges: Array<ContractEdge>;
  /** The page’s objects. */
  nodes: Array<Contract>;
  /** Where the page stands in the list. */
  pageInfo: PageInfo;
  /** How many there are in all pages; counted only when asked for. */
  totalCount: Scalars['Int']['output'];
};

/** One of the contracts with its place in the list. */
export type ContractEdge = {
  __typename?: 'ContractEdge';
  /** Its place, for `after` and `before`; good for this order only. */
  cursor: Scalars['String']['output'];
  /** The object itself. */
  node: Contract;
};

/** Which contracts; every field given must hold. */
export type ContractFilter = {
  /** Of this customer. */
  customerId?: InputMaybe<Scalars['ID']['input']>;
  /** On this phone number, in any usual form. */
  msisdn?: InputMaybe<Scalars['String']['input']>;
  /** With this contract number. */
  number?: InputMaybe<Scalars['String']['input']>;
  /** In this status. */
  status?: InputMaybe<ContractStatus>;
  /** On this tariff now. */
  tariffId?: InputMaybe<Scalars['ID']['input']>;
};

/** How contracts are ordered. */
export type ContractOrder = {
  /** Which end first. */
  direction?: OrderDirection;
  /** By what. */
  field: ContractOrderField;
};

/** What contracts are ordered by. */
export type ContractOrderField =
  /** When they were registered. */
  | 'CREATED_AT'
  /** The contract’s number. */
  | 'NUMBER';

/** Where a contract stands. */
export type ContractStatus =
  /** Agreed; waits to be activated. */
  | 'ACCEPTED'
  /** In force. */
  | 'ACTIVE'
  /** Ended before it was activated. */
  | 'CANCELLED'
  /** Ended. */
  | 'CLOSED'
  /** Being prepared. */
  | 'DRAFT'
  /** Interrupted; can be resumed. */
  | 'SUSPENDED';

/** A partner’s key to be made. */
export type CreatePartnerKeyInput = {
  /** Whose key it is, 1 to 200 characters. */
  name: Scalars['String']['input'];
  /** What it is to allow, of: customers:read, customers:write, contracts:read, contracts:write, payments:read, payments:write, calls:read, calls:write, inquiries:read, inquiries:write, reports:read, webhooks. */
  scopes: Array<Scalars['String']['input']>;
};

/** What making a partner’s key gave. */
export type CreatePartnerKeyPayload = {
  __typename?: 'CreatePartnerKeyPayload';
  /** Why it was refused; empty when it was not. */
  errors: Array<UserError>;
  /** The key; null when it was refused. */
  partnerKey?: Maybe<PartnerKey>;
  /** What the partner sends as `Authorization: Bearer …`; shown here and never again. */
  secret?: Maybe<Scalars['String']['output']>;
};

/** A person or a company that is served. */
export type Customer = Node & {
  __typename?: 'Customer';
  /** Calls where this customer is caller or called, as far as you may see them. */
  calls: CallConnection;
  /** What calls cost this customer, as far as you may see it. */
  charges: ChargeConnection;
  /** Null for a person. */
  companyName?: Maybe<Scalars['String']['output']>;
  /** Their contracts that you may see. */
  contracts: ContractConnection;
  /** When the customer was registered. */
  createdAt: Scalars['DateTimeISO']['output'];
  /** Where mail to the customer goes. */
  email?: Maybe<Scalars['EmailAddress']['output']>;
  /** Null for a company. */
  firstName?: Maybe<Scalars['String']['output']>;
  /** Global id. */
  id: Scalars['ID']['output'];
  /** Null for a company. */
  lastName?: Maybe<Scalars['String']['output']>;
  /** When the latest payment was received; null before the first. */
  lastPaymentAt?: Maybe<Scalars['DateTimeISO']['output']>;
  /** For lists: the company’s name, or last, first and patronymic name. */
  name: Scalars['String']['output'];
  /** The father’s name, where there is one. */
  patronymic?: Maybe<Scalars['String']['output']>;
  /** Their payments, for all contracts, that you may see. */
  payments: PaymentConnection;
  /** Where the customer stands. */
  status: CustomerStatus;
};


/** A person or a company that is served. */
export type CustomerCallsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<CallFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  orderBy?: InputMaybe<CallOrder>;
};


/** A person or a company that is served. */
export type CustomerChargesArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<ChargeFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  orderBy?: InputMaybe<ChargeOrder>;
};


/** A person or a company that is served. */
export type CustomerContractsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<ContractFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  orderBy?: InputMaybe<ContractOrder>;
};


/** A person or a company that is served. */
export type CustomerPaymentsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<PaymentFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  orderBy?: InputMaybe<PaymentOrder>;
};

/** A page of customers. */
export type CustomerConnection = {
  __typename?: 'CustomerConnection';
  /** The page’s objects with their cursors. */
  edges: Array<CustomerEdge>;
  /** The page’s objects. */
  nodes: Array<Customer>;
  /** Where the page stands in the list. */
  pageInfo: PageInfo;
  /** How many there are in all pages; counted only when asked for. */
  totalCount: Scalars['Int']['output'];
};

/** One of the customers with its place in the list. */
export type CustomerEdge = {
  __typename?: 'CustomerEdge';
  /** Its place, for `after` and `before`; good for this order only. */
  cursor: Scalars['String']['output'];
  /** The object itself. */
  node: Customer;
};

/** Which customers; every field given must hold. */
export type CustomerFilter = {
  /** With this e-mail, whatever its case. */
  email?: InputMaybe<Scalars['String']['input']>;
  /** With a contract on this number, in any usual form. */
  msisdn?: InputMaybe<Scalars['String']['input']>;
  /** With this text in the name, whatever its case. */
  name?: InputMaybe<Scalars['String']['input']>;
  /** In this status. */
  status?: InputMaybe<CustomerStatus>;
};

/** How customers are ordered. */
export type CustomerOrder = {
  /** Which end first. */
  direction?: OrderDirection;
  /** By what. */
  field: CustomerOrderField;
};

/** What customers are ordered by. */
export type CustomerOrderField =
  /** When they were registered. */
  | 'CREATED_AT'
  /** The name shown in lists. */
  | 'NAME';

/** Where a customer stands. */
export type CustomerStatus =
  /** Served. */
  | 'ACTIVE'
  /** Service is refused. */
  | 'BLOCKED'
  /** No longer a customer. */
  | 'CLOSED'
  /** Service is interrupted and can be resumed. */
  | 'SUSPENDED';

/** One day of the report of calls: the calls that began on it, in the organisation’s time zone. */
export type DailyCallReportRow = {
  __typename?: 'DailyCallReportRow';
  /** How many different customers and operators called or were called. */
  activeSubscribers: Scalars['Int']['output'];
  /** Calls that were answered: completed, or redirected. */
  answeredCalls: Scalars['Int']['output'];
  /** The same as minutes and seconds, such as `2:30`; null when there were none. */
  averageDuration?: Maybe<Scalars['String']['output']>;
  /** Their average duration in seconds, to two decimals, half-up; null when there were none. */
  averageSeconds?: Maybe<Scalars['Decimal']['output']>;
  /** The day. */
  day: Scalars['LocalDate']['output'];
  /** What the calls cost those who paid for them. */
  income: Money;
  /** Of the answered calls, those with an operator at either end. */
  operatorCalls: Scalars['Int']['output'];
  /** Their share of the answered calls, between 0 and 1, to four decimals, half-up; null when there were none. */
  operatorShare?: Maybe<Scalars['Decimal']['output']>;
};

/** What users call a value of an enum in their own language. */
export type EnumLabel = {
  __typename?: 'EnumLabel';
  /** In Russian. */
  ru: Scalars['String']['output'];
  /** In Ukrainian. */
  uk: Scalars['String']['output'];
  /** The value. */
  value: Scalars['String']['output'];
};

/** Why something was refused; stable, for programs to act on. */
export type ErrorCode =
  /** The input is wrong; `path` says where. */
  | 'BAD_USER_INPUT'
  /** It contradicts what is already there. */
  | 'CONFLICT'
  /** Whoever asks is not allowed to. */
  | 'FORBIDDEN'
  /** The idempotency key was used before, with another input. */
  | 'IDEMPOTENCY_MISMATCH'
  /** Something failed on our side; nothing was changed. */
  | 'INTERNAL'
  /** It would go beyond a limit. */
  | 'LIMIT_EXCEEDED'
  /** There is no such object, or not for whoever asks. */
  | 'NOT_FOUND'
  /** Too many attempts; try again later. */
  | 'RATE_LIMITED'
  /** The object is not in a state that allows it. */
  | 'STATE_NOT_ALLOWED'
  /** Nobody is signed in, or the token does not hold. */
  | 'UNAUTHENTICATED';

/** Why a leg cost nothing, whatever its length. */
export type FreeReason =
  /** An operator called. */
  | 'BY_OPERATOR'
  /** Who should pay is no subscriber of ours. */
  | 'NOT_OUR_SUBSCRIBER'
  /** It went to an operator. */
  | 'TO_OPERATOR';

/** Which file of calls to take in. */
export type ImportCallsInput = {
  /** The file’s id, as `POST /files` gave it. */
  fileId: Scalars['ID']['input'];
  /** A repeat with the same key and input gives the first import. */
  idempotencyKey: Scalars['String']['input'];
};

/** What `importCalls` answers. */
export type ImportCallsPayload = {
  __typename?: 'ImportCallsPayload';
  /** Why it was refused; empty when it was not. */
  errors: Array<UserError>;
  /** The import, waiting to begin; null when refused. */
  importJob?: Maybe<ImportJob>;
};

/** Why a row of a file was not taken in; a row may have several. */
export type ImportIssue = {
  __typename?: 'ImportIssue';
  /** For programs to act on. */
  code: ErrorCode;
  /** The column, as the file’s header names it; empty where it concerns the row as a whole. */
  column: Scalars['String']['output'];
  /** The line of the file, from 1, the header counted. */
  line: Scalars['Int']['output'];
  /** For a person to read. */
  message: Scalars['String']['output'];
};

/** A page of issues of an import. */
export type ImportIssueConnection = {
  __typename?: 'ImportIssueConnection';
  /** The page’s objects with their cursors. */
  edges: Array<ImportIssueEdge>;
  /** The page’s objects. */
  nodes: Array<ImportIssue>;
  /** Where the page stands in the list. */
  pageInfo: PageInfo;
  /** How many there are in all pages; counted only when asked for. */
  totalCount: Scalars['Int']['output'];
};

/** One of the issues of an import with its place in the list. */
export type ImportIssueEdge = {
  __typename?: 'ImportIssueEdge';
  /** Its place, for `after` and `before`; good for this order only. */
  cursor: Scalars['String']['output'];
  /** The object itself. */
  node: ImportIssue;
};

/** The taking in of a file, row by row; it survives a restart. */
export type ImportJob = Node & {
  __typename?: 'ImportJob';
  /** Rows that could not be taken in; `issues` says why. */
  badRows: Scalars['Int']['output'];
  /** When it was asked for. */
  createdAt: Scalars['DateTimeISO']['output'];
  /** Rows that brought something new. */
  createdRows: Scalars['Int']['output'];
  /** Rows gone through so far, bad ones too. */
  doneRows: Scalars['Int']['output'];
  /** Why the file as a whole was refused; null unless it FAILED. */
  failure?: Maybe<Scalars['String']['output']>;
  /** The file that it takes in. */
  file?: Maybe<StoredFile>;
  /** When it was done or had failed; null before. */
  finishedAt?: Maybe<Scalars['DateTimeISO']['output']>;
  /** Global id. */
  id: Scalars['ID']['output'];
  /** What was wrong with its bad rows, in the file’s order. */
  issues: ImportIssueConnection;
  /** What it brings in. */
  kind: ImportKind;
  /** Who asked for it; null where it was no user, or none that you may see. */
  requestedBy?: Maybe<User>;
  /** When the first row was taken in hand; null before. */
  startedAt?: Maybe<Scalars['DateTimeISO']['output']>;
  /** How far it is. */
  state: ImportState;
  /** Where it stands or what it came to, in one sentence for a person. */
  summary: Scalars['String']['output'];
  /** Rows of the file; null before they were counted. */
  totalRows?: Maybe<Scalars['Int']['output']>;
  /** Rows that were there already. */
  unchangedRows: Scalars['Int']['output'];
  /** Rows that changed what was there. */
  updatedRows: Scalars['Int']['output'];
  /** Since when what it registers holds. */
  validFrom: Scalars['DateTimeISO']['output'];
};


/** The taking in of a file, row by row; it survives a restart. */
export type ImportJobIssuesArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
};

/** A page of imports. */
export type ImportJobConnection = {
  __typename?: 'ImportJobConnection';
  /** The page’s objects with their cursors. */
  edges: Array<ImportJobEdge>;
  /** The page’s objects. */
  nodes: Array<ImportJob>;
  /** Where the page stands in the list. */
  pageInfo: PageInfo;
  /** How many there are in all pages; counted only when asked for. */
  totalCount: Scalars['Int']['output'];
};

/** One of the imports with its place in the list. */
export type ImportJobEdge = {
  __typename?: 'ImportJobEdge';
  /** Its place, for `after` and `before`; good for this order only. */
  cursor: Scalars['String']['output'];
  /** The object itself. */
  node: ImportJob;
};

/** Which imports; every field given must hold. */
export type ImportJobFilter = {
  /** Of this kind. */
  kind?: InputMaybe<ImportKind>;
  /** In this state. */
  state?: InputMaybe<ImportState>;
};

/** How imports are ordered. */
export type ImportJobOrder = {
  /** Which end first. */
  direction?: OrderDirection;
  /** By what. */
  field: ImportJobOrderField;
};

/** What imports are ordered by. */
export type ImportJobOrderField =
  /** When they were asked for. */
  | 'CREATED_AT';

/** What an import brings in. */
export type ImportKind =
  /** Calls that an exchange recorded, to be rated and charged. */
  | 'CALLS'
  /** Customers with their numbers, SIMs, tariffs and opening deposits. */
  | 'SUBSCRIBERS';

/** That an import went a step on. */
export type ImportProgressEvent = {
  __typename?: 'ImportProgressEvent';
  /** Its place in the event log; opaque. */
  cursor: Scalars['String']['output'];
  /** The import as it is now. */
  importJob?: Maybe<ImportJob>;
};

/** How far an import is. */
export type ImportState =
  /** Every row was gone through. */
  | 'DONE'
  /** The file as a whole could not be taken in; `failure` says why. */
  | 'FAILED'
  /** Waiting for a worker. */
  | 'QUEUED'
  /** Rows are being taken in. */
  | 'RUNNING';

/** Which file of subscribers to take in. */
export type ImportSubscribersInput = {
  /** The file’s id, as `POST /files` gave it. */
  fileId: Scalars['ID']['input'];
  /** A repeat with the same key and input gives the first import. */
  idempotencyKey: Scalars['String']['input'];
  /** Since when the contracts hold; now when left out. */
  validFrom?: InputMaybe<Scalars['DateTimeISO']['input']>;
};

/** What `importSubscribers` answers. */
export type ImportSubscribersPayload = {
  __typename?: 'ImportSubscribersPayload';
  /** Why it was refused; empty when it was not. */
  errors: Array<UserError>;
  /** The import, waiting to begin; null when refused. */
  importJob?: Maybe<ImportJob>;
};

/** A one-time way to set the first password. */
export type Invitation = {
  __typename?: 'Invitation';
  /** Until when it can be accepted. */
  expiresAt: Scalars['DateTimeISO']['output'];
  /** What the invited person accepts it with; shown here and never again. */
  token: Scalars['String']['output'];
};

/** An amount of money in a currency. */
export type Money = {
  __typename?: 'Money';
  /** Exact; a charge has up to six decimals, what is paid has those of the currency. */
  amount: Scalars['Decimal']['output'];
  /** ISO 4217 code. */
  currency: Scalars['Currency']['output'];
};

export type Mutation = {
  __typename?: 'Mutation';
  /** Sets the first password of an invited user and signs in. */
  acceptInvitation: AcceptInvitationPayload;
  /** Switches on a contract that was registered for later, and its SIM with it. */
  activateContract: ActivateContractPayload;
  /** Changes one’s own password and ends one’s other sessions. */
  changePassword: ChangePasswordPayload;
  /** Makes a partner’s key; its secret is shown once. */
  createPartnerKey: CreatePartnerKeyPayload;
  /** Takes in a file of calls (`POST /files`) in the background: CSV as Asterisk’s `cdr_csv` writes it, with `uniqueid` and `userfield`. A call that is there already stays. Follow it by `importJob`. */
  importCalls: ImportCallsPayload;
  /** Takes in a file of subscribers (`POST /files`) in the background: CSV with a header in Russian or English. The number is the key; what is there already stays. Follow it by `importJob`. */
  importSubscribers: ImportSubscribersPayload;
  /** Records calls, rates and charges them, each whole or not at all: a bad one is listed, and the others count. A call that is known already stays as it is. */
  recordCalls: RecordCallsPayload;
  /** GetDeposit: records a payment and posts it to the contract’s account. */
  recordPayment: RecordPaymentPayload;
  /** Goes on with a session: another access token and another refresh token. */
  refreshSession: RefreshSessionPayload;
  /** GetSim: registers the customer if new, makes the contract, binds SIM, number and tariff, takes the opening deposit and switches it on; all or nothing. */
  registerSubscriber: RegisterSubscriberPayload;
  /** Invites a user without a password anew; earlier invitations of theirs hold no more. */
  renewInvitation: RenewInvitationPayload;
  /** Revokes a partner’s key for good. */
  revokePartnerKey: RevokePartnerKeyPayload;
  /** Signs an employee or a customer in; too many wrong passwords make everybody wait. */
  signIn: SignInPayload;
  /** Ends this session. */
  signOut: SignOutPayload;
  /** Ends every session of whoever asks. */
  signOutEverywhere: SignOutEverywherePayload;
};


export type MutationAcceptInvitationArgs = {
  input: AcceptInvitationInput;
};


export type MutationActivateContractArgs = {
  input: ActivateContractInput;
};


export type MutationChangePasswordArgs = {
  input: ChangePasswordInput;
};


export type MutationCreatePartnerKeyArgs = {
  input: CreatePartnerKeyInput;
};


export type MutationImportCallsArgs = {
  input: ImportCallsInput;
};


export type MutationImportSubscribersArgs = {
  input: ImportSubscribersInput;
};


export type MutationRecordCallsArgs = {
  input: RecordCallsInput;
};


export type MutationRecordPaymentArgs = {
  input: RecordPaymentInput;
};


export type MutationRefreshSessionArgs = {
  input: RefreshSessionInput;
};


export type MutationRegisterSubscriberArgs = {
  input: RegisterSubscriberInput;
};


export type MutationRenewInvitationArgs = {
  input: RenewInvitationInput;
};


export type MutationRevokePartnerKeyArgs = {
  input: RevokePartnerKeyInput;
};


export type MutationSignInArgs = {
  input: SignInInput;
};

/** A call to record, as a telephony system tells of it. */
export type NewCallInput = {
  /** When it was answered; only of one that was. */
  answeredAt?: InputMaybe<Scalars['DateTimeISO']['input']>;
  /** Who was called, likewise. */
  called: Scalars['String']['input'];
  /** Who called: a number in any usual form, or an internal one of 2 to 6 digits. */
  caller: Scalars['String']['input'];
  /** Seconds spoken, at most a day; 0 unless it was answered. */
  durationSeconds: Scalars['Int']['input'];
  /** When it ended. */
  endedAt?: InputMaybe<Scalars['DateTimeISO']['input']>;
  /** The telephony system that carried it, by a name of your choice. */
  exchange: Scalars['String']['input'];
  /** Its id there: the same exchange and id twice are one call. */
  externalId: Scalars['String']['input'];
  /** Where it was passed on to: with `REDIRECTED`, and with nothing else. */
  redirectedTo?: InputMaybe<Scalars['String']['input']>;
  /** When it began. */
  startedAt: Scalars['DateTimeISO']['input'];
  /** How it ended. */
  status: CallStatus;
};

/** A customer to register: a person by last and first name or by full name, or a company by its name. */
export type NewCustomerInput = {
  /** The name of a company. */
  companyName?: InputMaybe<Scalars['String']['input']>;
  /** Where mail to the customer goes. */
  email?: InputMaybe<Scalars['String']['input']>;
  /** The first name. */
  firstName?: InputMaybe<Scalars['String']['input']>;
  /** Last, first and patronymic name in one text, in this order. */
  fullName?: InputMaybe<Scalars['String']['input']>;
  /** The last name. */
  lastName?: InputMaybe<Scalars['String']['input']>;
  /** The father’s name, where there is one. */
  patronymic?: InputMaybe<Scalars['String']['input']>;
};

/** An object that can be fetched by its id alone (Relay’s global object identification). */
export type Node = {
  /** Global and opaque: good for `node` and wherever this kind of object is asked for. */
  id: Scalars['ID']['output'];
};

/** The profile of a user who talks to customers. */
export type Operator = Node & {
  __typename?: 'Operator';
  /** Whether they take part in the work now; null unless you see all of this operator. */
  active?: Maybe<Scalars['Boolean']['output']>;
  /** The name that customers see. */
  alias: Scalars['String']['output'];
  /** Calls in which this operator took part, as caller, called, or target of a redirection, as far as you may see them. */
  calls: CallConnection;
  /** Global id. */
  id: Scalars['ID']['output'];
  /** How many active inquiries they may have at once; null unless you see all of this operator. */
  maxLoad?: Maybe<Scalars['Int']['output']>;
  /** The number they have now, E.164; null unless you see all of this operator. */
  phone?: Maybe<Scalars['PhoneNumber']['output']>;
  /** Their hours of work; null means always, and null unless you see all of this operator. */
  schedule?: Maybe<WeeklySchedule>;
  /** What they are good at; null unless you see all of this operator. */
  skills?: Maybe<Array<Scalars['String']['output']>>;
  /** The employee; null when you may not see who it is. */
  user?: Maybe<User>;
};


/** The profile of a user who talks to customers. */
export type OperatorCallsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<CallFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  orderBy?: InputMaybe<CallOrder>;
};

/** A page of operators. */
export type OperatorConnection = {
  __typename?: 'OperatorConnection';
  /** The page’s objects with their cursors. */
  edges: Array<OperatorEdge>;
  /** The page’s objects. */
  nodes: Array<Operator>;
  /** Where the page stands in the list. */
  pageInfo: PageInfo;
  /** How many there are in all pages; counted only when asked for. */
  totalCount: Scalars['Int']['output'];
};

/** One of the operators with its place in the list. */
export type OperatorEdge = {
  __typename?: 'OperatorEdge';
  /** Its place, for `after` and `before`; good for this order only. */
  cursor: Scalars['String']['output'];
  /** The object itself. */
  node: Operator;
};

/** Which operators; every field given must hold. */
export type OperatorFilter = {
  /** Active, or not. Only operators of whom you see all are found. */
  active?: InputMaybe<Scalars['Boolean']['input']>;
  /** With this text in the alias, whatever its case. */
  alias?: InputMaybe<Scalars['String']['input']>;
  /** With this number, in any usual form. Only operators of whom you see all are found. */
  phone?: InputMaybe<Scalars['String']['input']>;
  /** With this skill. Only operators of whom you see all are found. */
  skill?: InputMaybe<Scalars['String']['input']>;
};

/** How operators are ordered. */
export type OperatorOrder = {
  /** Which end first. */
  direction?: OrderDirection;
  /** By what. */
  field: OperatorOrderField;
};

/** What operators are ordered by. */
export type OperatorOrderField =
  /** The name that customers see. */
  | 'ALIAS';

/** Which end of an order comes first. */
export type OrderDirection =
  /** The smallest or earliest first. */
  | 'ASC'
  /** The largest or latest first. */
  | 'DESC';

/** Where a page stands in its list (Relay’s cursor connections). */
export type PageInfo = {
  __typename?: 'PageInfo';
  /** The cursor of the last node; null on an empty page. */
  endCursor?: Maybe<Scalars['String']['output']>;
  /** Whether more follows behind `endCursor`. */
  hasNextPage: Scalars['Boolean']['output'];
  /** Whether more stands before `startCursor`. */
  hasPreviousPage: Scalars['Boolean']['output'];
  /** The cursor of the first node; null on an empty page. */
  startCursor?: Maybe<Scalars['String']['output']>;
};

/** A key by which a partner’s system uses the graph; the secret is shown once, when it is made. */
export type PartnerKey = Node & {
  __typename?: 'PartnerKey';
  /** When it was made. */
  createdAt: Scalars['DateTimeISO']['output'];
  /** Global id. */
  id: Scalars['ID']['output'];
  /** Whose key it is. */
  name: Scalars['String']['output'];
  /** Since when it is good for nothing; null while it is good. */
  revokedAt?: Maybe<Scalars['DateTimeISO']['output']>;
  /** What it allows, such as `calls:read`. */
  scopes: Array<Scalars['String']['output']>;
};

/** A page of partner keys. */
export type PartnerKeyConnection = {
  __typename?: 'PartnerKeyConnection';
  /** The page’s objects with their cursors. */
  edges: Array<PartnerKeyEdge>;
  /** The page’s objects. */
  nodes: Array<PartnerKey>;
  /** Where the page stands in the list. */
  pageInfo: PageInfo;
  /** How many there are in all pages; counted only when asked for. */
  totalCount: Scalars['Int']['output'];
};

/** One of the partner keys with its place in the list. */
export type PartnerKeyEdge = {
  __typename?: 'PartnerKeyEdge';
  /** Its place, for `after` and `before`; good for this order only. */
  cursor: Scalars['String']['output'];
  /** The object itself. */
  node: PartnerKey;
};

/** Which partner keys; every field given must hold. */
export type PartnerKeyFilter = {
  /** Revoked, or not. */
  revoked?: InputMaybe<Scalars['Boolean']['input']>;
};

/** How partner keys are ordered. */
export type PartnerKeyOrder = {
  /** Which end first. */
  direction?: OrderDirection;
  /** By what. */
  field: PartnerKeyOrderField;
};

/** What partner keys are ordered by. */
export type PartnerKeyOrderField =
  /** When they were made. */
  | 'CREATED_AT'
  /** Whose they are. */
  | 'NAME';

/** Money that a customer gave for a contract. */
export type Payment = Node & {
  __typename?: 'Payment';
  /** How much; always above zero. */
  amount: Money;
  /** What it was paid for; null where you may not see that. */
  contract?: Maybe<Contract>;
  /** When it was recorded. */
  createdAt: Scalars['DateTimeISO']['output'];
  /** Who paid; null where you may not see that. */
  customer?: Maybe<Customer>;
  /** Global id. */
  id: Scalars['ID']['output'];
  /** How it reached us. */
  method: PaymentMethod;
  /** When the customer gave it. */
  receivedAt: Scalars['DateTimeISO']['output'];
  /** Where it stands. */
  status: PaymentStatus;
  /** Who took it; null for one that was loaded, and where you may not see that. */
  takenBy?: Maybe<User>;
};

/** A page of payments. */
export type PaymentConnection = {
  __typename?: 'PaymentConnection';
  /** The page’s objects with their cursors. */
  edges: Array<PaymentEdge>;
  /** The page’s objects. */
  nodes: Array<Payment>;
  /** Where the page stands in the list. */
  pageInfo: PageInfo;
  /** How many there are in all pages; counted only when asked for. */
  totalCount: Scalars['Int']['output'];
};

/** One of the payments with its place in the list. */
export type PaymentEdge = {
  __typename?: 'PaymentEdge';
  /** Its place, for `after` and `before`; good for this order only. */
  cursor: Scalars['String']['output'];
  /** The object itself. */
  node: Payment;
};

/** Which payments; every field given must hold. */
export type PaymentFilter = {
  /** For this contract. */
  contractId?: InputMaybe<Scalars['ID']['input']>;
  /** Of this customer. */
  customerId?: InputMaybe<Scalars['ID']['input']>;
  /** That reached us in this way. */
  method?: InputMaybe<PaymentMethod>;
  /** Received before this instant. */
  receivedBefore?: InputMaybe<Scalars['DateTimeISO']['input']>;
  /** Received at this instant or later. */
  receivedFrom?: InputMaybe<Scalars['DateTimeISO']['input']>;
};

/** How a payment reached us. */
export type PaymentMethod =
  /** In cash. */
  | 'CASH';

/** How payments are ordered. */
export type PaymentOrder = {
  /** Which end first. */
  direction?: OrderDirection;
  /** By what. */
  field: PaymentOrderField;
};

/** What payments are ordered by. */
export type PaymentOrderField =
  /** When the customer gave them. */
  | 'RECEIVED_AT';

/** Where a payment stands. */
export type PaymentStatus =
  /** The money is ours, and the balance shows it. */
  | 'CONFIRMED';

/** Whether a user can be reached now. */
export type Presence =
  /** Connected, but has done nothing for a while. */
  | 'AWAY'
  /** Asked not to be disturbed. */
  | 'DO_NOT_DISTURB'
  /** Not connected. */
  | 'OFFLINE'
  /** At work and free. */
  | 'ONLINE'
  /** Busy with something. */
  | 'WORKING';

export type Query = {
  __typename?: 'Query';
  /** One call; null when there is none that you may see. */
  call?: Maybe<Call>;
  /** The calls that you may see. */
  calls: CallConnection;
  /** One charge; null when there is none that you may see. */
  charge?: Maybe<Charge>;
  /** The charges that you may see. */
  charges: ChargeConnection;
  /** One contract; null when there is none that you may see. */
  contract?: Maybe<Contract>;
  /** The contracts that you may see. */
  contracts: ContractConnection;
  /** One customer; null when there is none that you may see. */
  customer?: Maybe<Customer>;
  /** The customers that you may see. */
  customers: CustomerConnection;
  /** The answered calls of each day of a period of at most 366 days, days without calls too: all calls, or an operator’s own. */
  dailyCallReport: Array<DailyCallReportRow>;
  /** What users call the values of an enum; empty for an enum that has no labels. */
  enumLabels: Array<EnumLabel>;
  /** One import; null when there is none that you may see. */
  importJob?: Maybe<ImportJob>;
  /** The imports that you may see. */
  importJobs: ImportJobConnection;
  /** Any object by its id; null when there is none that you may see. */
  node?: Maybe<Node>;
  /** Objects by their ids, in the order of the ids, at most 100; null for one that you may not see. */
  nodes: Array<Maybe<Node>>;
  /** One operator; null when there is none that you may see. */
  operator?: Maybe<Operator>;
  /** The operators that you may see. */
  operators: OperatorConnection;
  /** The keys of partners. */
  partnerKeys: PartnerKeyConnection;
  /** One payment; null when there is none that you may see. */
  payment?: Maybe<Payment>;
  /** The payments that you may see. */
  payments: PaymentConnection;
  /** The roles that users can have. */
  roles: RoleConnection;
  /** One SIM; null when there is none that you may see. */
  sim?: Maybe<Sim>;
  /** The SIMs that you may see. */
  sims: SimConnection;
  /** One tariff; null when there is none that you may see. */
  tariff?: Maybe<Tariff>;
  /** The tariffs that you may see: a customer sees those on sale and those of their contracts. */
  tariffs: TariffConnection;
  /** One user; null when there is none that you may see. */
  user?: Maybe<User>;
  /** One group; null when there is none that you may see. */
  userGroup?: Maybe<UserGroup>;
  /** The groups of users that you may see. */
  userGroups: UserGroupConnection;
  /** The users that you may see. */
  users: UserConnection;
  /** Whoever asks. */
  viewer: Viewer;
};


export type QueryCallArgs = {
  id: Scalars['ID']['input'];
};


export type QueryCallsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<CallFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  orderBy?: InputMaybe<CallOrder>;
};


export type QueryChargeArgs = {
  id: Scalars['ID']['input'];
};


export type QueryChargesArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<ChargeFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  orderBy?: InputMaybe<ChargeOrder>;
};


export type QueryContractArgs = {
  id: Scalars['ID']['input'];
};


export type QueryContractsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<ContractFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  orderBy?: InputMaybe<ContractOrder>;
};


export type QueryCustomerArgs = {
  id: Scalars['ID']['input'];
};


export type QueryCustomersArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<CustomerFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  orderBy?: InputMaybe<CustomerOrder>;
};


export type QueryDailyCallReportArgs = {
  from: Scalars['LocalDate']['input'];
  to: Scalars['LocalDate']['input'];
};


export type QueryEnumLabelsArgs = {
  name: Scalars['String']['input'];
};


export type QueryImportJobArgs = {
  id: Scalars['ID']['input'];
};


export type QueryImportJobsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<ImportJobFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  orderBy?: InputMaybe<ImportJobOrder>;
};


export type QueryNodeArgs = {
  id: Scalars['ID']['input'];
};


export type QueryNodesArgs = {
  ids: Array<Scalars['ID']['input']>;
};


export type QueryOperatorArgs = {
  id: Scalars['ID']['input'];
};


export type QueryOperatorsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<OperatorFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  orderBy?: InputMaybe<OperatorOrder>;
};


export type QueryPartnerKeysArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<PartnerKeyFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  orderBy?: InputMaybe<PartnerKeyOrder>;
};


export type QueryPaymentArgs = {
  id: Scalars['ID']['input'];
};


export type QueryPaymentsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<PaymentFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  orderBy?: InputMaybe<PaymentOrder>;
};


export type QueryRolesArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  orderBy?: InputMaybe<RoleOrder>;
};


export type QuerySimArgs = {
  id: Scalars['ID']['input'];
};


export type QuerySimsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<SimFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  orderBy?: InputMaybe<SimOrder>;
};


export type QueryTariffArgs = {
  id: Scalars['ID']['input'];
};


export type QueryTariffsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<TariffFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  orderBy?: InputMaybe<TariffOrder>;
};


export type QueryUserArgs = {
  id: Scalars['ID']['input'];
};


export type QueryUserGroupArgs = {
  id: Scalars['ID']['input'];
};


export type QueryUserGroupsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<UserGroupFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  orderBy?: InputMaybe<UserGroupOrder>;
};


export type QueryUsersArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<UserFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  orderBy?: InputMaybe<UserOrder>;
};

/** What became of a call of a batch. */
export type RecordCallOutcome =
  /** Nothing of it was kept; its errors say why. */
  | 'BAD'
  /** It is known already, or stands earlier in the batch; nothing was changed. */
  | 'DUPLICATE'
  /** It was recorded, and charged where it is due. */
  | 'RECORDED';

/** A batch of calls to record. */
export type RecordCallsInput = {
  /** From 1 to 10,000 calls; included minutes are used up in this order. */
  calls: Array<NewCallInput>;
  /** A repeat with the same key and input gives the first result. */
  idempotencyKey: Scalars['String']['input'];
};

/** What `recordCalls` answers. */
export type RecordCallsPayload = {
  __typename?: 'RecordCallsPayload';
  /** How many were bad; null when the batch was refused. */
  bad?: Maybe<Scalars['Int']['output']>;
  /** One for each call, in the order of the batch; null when the batch as a whole was refused. */
  calls?: Maybe<Array<RecordedCall>>;
  /** How many were known already; null when the batch was refused. */
  duplicates?: Maybe<Scalars['Int']['output']>;
  /** Why the batch was refused, or what is wrong with its bad calls while the others count. */
  errors: Array<UserError>;
  /** How many were recorded; null when the batch was refused. */
  recorded?: Maybe<Scalars['Int']['output']>;
};

/** A payment that was taken. */
export type RecordPaymentInput = {
  /** How much, above zero, in the organisation’s currency and with no more than its decimals. */
  amount: Scalars['Decimal']['input'];
  /** The contract that it is for. */
  contractId: Scalars['ID']['input'];
  /** A repeat with the same key and input gives the first result. */
  idempotencyKey: Scalars['String']['input'];
  /** How it reached us; in cash when left out. */
  method?: InputMaybe<PaymentMethod>;
  /** When it was given, not in the future; now when left out. */
  receivedAt?: InputMaybe<Scalars['DateTimeISO']['input']>;
};

/** What `recordPayment` answers. */
export type RecordPaymentPayload = {
  __typename?: 'RecordPaymentPayload';
  /** Why it was refused; empty when it was not. */
  errors: Array<UserError>;
  /** The payment, posted; null when refused. */
  payment?: Maybe<Payment>;
};

/** What became of one call of a batch. */
export type RecordedCall = {
  __typename?: 'RecordedCall';
  /** The call, also where it was known already; null for a bad one, or where you may not see it. */
  call?: Maybe<Call>;
  /** What is wrong with it; empty unless it is bad. */
  errors: Array<UserError>;
  /** Its place in the batch, from 0. */
  index: Scalars['Int']['output'];
  /** What became of it. */
  outcome: RecordCallOutcome;
};

/** What a session is gone on with. */
export type RefreshSessionInput = {
  /** The latest refresh token of the session. */
  refreshToken: Scalars['String']['input'];
};

/** What going on with a session gave. */
export type RefreshSessionPayload = {
  __typename?: 'RefreshSessionPayload';
  /** Why it was refused; empty when it was not. */
  errors: Array<UserError>;
  /** The session; null when it was refused. */
  session?: Maybe<Session>;
};

/** A subscriber to register: customer, number, SIM, tariff and opening deposit. */
export type RegisterSubscriberInput = {
  /** Whether it is switched on at once, as when left out; else by `activateContract` later. */
  activate?: InputMaybe<Scalars['Boolean']['input']>;
  /** A new customer; give this or `customerId`. */
  customer?: InputMaybe<NewCustomerInput>;
  /** An existing customer; give this or `customer`. */
  customerId?: InputMaybe<Scalars['ID']['input']>;
  /** A cash deposit to begin with, in the organisation’s currency; none when left out. */
  deposit?: InputMaybe<Scalars['Decimal']['input']>;
  /** The SIM’s ICCID: 19 or 20 digits, the last of them the check digit. */
  iccid: Scalars['String']['input'];
  /** A repeat with the same key and input gives the first result. */
  idempotencyKey: Scalars['String']['input'];
  /** The SIM’s IMSI: 15 digits. */
  imsi?: InputMaybe<Scalars['String']['input']>;
  /** The number, in any usual form, such as `8(900) 111-22-33`. */
  msisdn: Scalars['String']['input'];
  /** The tariff; it must be on sale and have prices when the contract begins. */
  tariffId: Scalars['ID']['input'];
  /** Since when the contract holds; now when left out. */
  validFrom?: InputMaybe<Scalars['DateTimeISO']['input']>;
};

/** What `registerSubscriber` answers. */
export type RegisterSubscriberPayload = {
  __typename?: 'RegisterSubscriberPayload';
  /** The contract that was made; null when refused. */
  contract?: Maybe<Contract>;
  /** The customer, new or known before; null when refused. */
  customer?: Maybe<Customer>;
  /** Why it was refused, every fault at once; empty when it was not. */
  errors: Array<UserError>;
};

/** Who is to be invited anew. */
export type RenewInvitationInput = {
  /** A user who has no password yet. */
  userId: Scalars['ID']['input'];
};

/** What inviting a user anew gave. */
export type RenewInvitationPayload = {
  __typename?: 'RenewInvitationPayload';
  /** Why it was refused; empty when it was not. */
  errors: Array<UserError>;
  /** The invitation; null when it was refused. */
  invitation?: Maybe<Invitation>;
};

/** A partner’s key to be revoked. */
export type RevokePartnerKeyInput = {
  /** Which key. */
  partnerKeyId: Scalars['ID']['input'];
};

/** What revoking a partner’s key gave. */
export type RevokePartnerKeyPayload = {
  __typename?: 'RevokePartnerKeyPayload';
  /** Why it was refused; empty when it was not. */
  errors: Array<UserError>;
  /** The key, revoked; null when it was refused. */
  partnerKey?: Maybe<PartnerKey>;
};

/** A named set of permissions that users carry. */
export type Role = Node & {
  __typename?: 'Role';
  /** Whether it is one of those that are there from the start. */
  builtIn: Scalars['Boolean']['output'];
  /** Global id. */
  id: Scalars['ID']['output'];
  /** Unique; `admin`, `supervisor` and `operator` are there from the start. */
  name: Scalars['String']['output'];
  /** What it allows, such as `customers.read`. */
  permissions: Array<Scalars['String']['output']>;
};

/** A page of roles. */
export type RoleConnection = {
  __typename?: 'RoleConnection';
  /** The page’s objects with their cursors. */
  edges: Array<RoleEdge>;
  /** The page’s objects. */
  nodes: Array<Role>;
  /** Where the page stands in the list. */
  pageInfo: PageInfo;
  /** How many there are in all pages; counted only when asked for. */
  totalCount: Scalars['Int']['output'];
};

/** One of the roles with its place in the list. */
export type RoleEdge = {
  __typename?: 'RoleEdge';
  /** Its place, for `after` and `before`; good for this order only. */
  cursor: Scalars['String']['output'];
  /** The object itself. */
  node: Role;
};

/** How roles are ordered. */
export type RoleOrder = {
  /** Which end first. */
  direction?: OrderDirection;
  /** By what. */
  field: RoleOrderField;
};

/** What roles are ordered by. */
export type RoleOrderField =
  /** Their name. */
  | 'NAME';

/** What somebody who signed in goes on with. */
export type Session = {
  __typename?: 'Session';
  /** For `Authorization: Bearer …`, for 15 minutes. */
  accessToken: Scalars['String']['output'];
  /** When the access token ends. */
  expiresAt: Scalars['DateTimeISO']['output'];
  /** Until when the refresh token can be used. */
  refreshExpiresAt: Scalars['DateTimeISO']['output'];
  /** For `refreshSession`, which gives another in its place; used twice, it ends the session. */
  refreshToken: Scalars['String']['output'];
};

/** What somebody signs in with. */
export type SignInInput = {
  /** Whatever its case. */
  email: Scalars['String']['input'];
  /** The password. */
  password: Scalars['String']['input'];
};

/** What signing in gave. */
export type SignInPayload = {
  __typename?: 'SignInPayload';
  /** Why it was refused; empty when it was not. */
  errors: Array<UserError>;
  /** The session; null when it was refused. */
  session?: Maybe<Session>;
};

/** What signing out everywhere gave. */
export type SignOutEverywherePayload = {
  __typename?: 'SignOutEverywherePayload';
  /** How many sessions ended, this one among them; null when it was refused. */
  endedSessions?: Maybe<Scalars['Int']['output']>;
  /** Why it was refused; empty when it was not. */
  errors: Array<UserError>;
};

/** What signing out gave. */
export type SignOutPayload = {
  __typename?: 'SignOutPayload';
  /** How many sessions ended; null when it was refused. */
  endedSessions?: Maybe<Scalars['Int']['output']>;
  /** Why it was refused; empty when it was not. */
  errors: Array<UserError>;
};

/** A subscriber identity module. */
export type Sim = Node & {
  __typename?: 'Sim';
  /** When it was first switched on; null before. */
  activatedAt?: Maybe<Scalars['DateTimeISO']['output']>;
  /** The contract that it stands in now; null for none, or where you may not see it. */
  contract?: Maybe<Contract>;
  /** When it became known to us. */
  createdAt: Scalars['DateTimeISO']['output'];
  /** The number printed on it (ICCID): 19 or 20 digits. */
  iccid: Scalars['String']['output'];
  /** Global id. */
  id: Scalars['ID']['output'];
  /** The subscriber’s identity in the network (IMSI), 15 digits; null where it is unknown, and for customers. */
  imsi?: Maybe<Scalars['String']['output']>;
  /** Where it stands in its life. */
  status: SimStatus;
};

/** A page of SIMs. */
export type SimConnection = {
  __typename?: 'SimConnection';
  /** The page’s objects with their cursors. */
  edges: Array<SimEdge>;
  /** The page’s objects. */
  nodes: Array<Sim>;
  /** Where the page stands in the list. */
  pageInfo: PageInfo;
  /** How many there are in all pages; counted only when asked for. */
  totalCount: Scalars['Int']['output'];
};

/** One of the SIMs with its place in the list. */
export type SimEdge = {
  __typename?: 'SimEdge';
  /** Its place, for `after` and `before`; good for this order only. */
  cursor: Scalars['String']['output'];
  /** The object itself. */
  node: Sim;
};

/** Which SIMs; every field given must hold. */
export type SimFilter = {
  /** With this ICCID. */
  iccid?: InputMaybe<Scalars['String']['input']>;
  /** In this status. */
  status?: InputMaybe<SimStatus>;
};

/** How SIMs are ordered. */
export type SimOrder = {
  /** Which end first. */
  direction?: OrderDirection;
  /** By what. */
  field: SimOrderField;
};

/** What SIMs are ordered by. */
export type SimOrderField =
  /** The number printed on them. */
  | 'ICCID';

/** Where a SIM stands in its life. */
export type SimStatus =
  /** Switched on. */
  | 'ACTIVE'
  /** Switched off because it may not be used. */
  | 'BLOCKED'
  /** Waits for a contract. */
  | 'IN_STOCK'
  /** Kept for a contract that is not active yet. */
  | 'RESERVED'
  /** Never to be used again. */
  | 'RETIRED'
  /** Switched off for a while. */
  | 'SUSPENDED';

/** A file that was sent to `POST /files`. */
export type StoredFile = Node & {
  __typename?: 'StoredFile';
  /** When it was sent. */
  createdAt: Scalars['DateTimeISO']['output'];
  /** Global id. */
  id: Scalars['ID']['output'];
  /** As its sender called it. */
  name: Scalars['String']['output'];
  /** SHA-256 of its bytes, hex. */
  sha256: Scalars['String']['output'];
  /** Its size in bytes. */
  sizeBytes: Scalars['SafeInt']['output'];
};

export type Subscription = {
  __typename?: 'Subscription';
  /** Calls as they are recorded, from now on: those whose live feed you may see. */
  callFeed: CallFeedEvent;
  /** The steps of an import from now on: its rows as they are taken in, and its end. */
  importProgressed: ImportProgressEvent;
};


export type SubscriptionCallFeedArgs = {
  filter?: InputMaybe<CallFeedFilter>;
};


export type SubscriptionImportProgressedArgs = {
  id: Scalars['ID']['input'];
};

/** What a subscriber pays by. Its prices are those in force now, or its first ones before these begin; `versions` has all. */
export type Tariff = Node & {
  __typename?: 'Tariff';
  /** On sale: a new contract may be made on it. */
  active: Scalars['Boolean']['output'];
  /** A call is billed in whole steps of so many seconds, now. */
  billingStepSeconds: Scalars['Int']['output'];
  /** When it was first published. */
  createdAt: Scalars['DateTimeISO']['output'];
  /** For customers to read; may be empty. */
  description: Scalars['String']['output'];
  /** Global id. */
  id: Scalars['ID']['output'];
  /** Free minutes per contract and calendar month, now. */
  includedMinutes: Scalars['Int']['output'];
  /** A call that was answered is billed for at least so many seconds, now. */
  minimumSeconds: Scalars['Int']['output'];
  /** What a month costs now. */
  monthlyFee: Money;
  /** What it is called; no other is called the same. */
  name: Scalars['String']['output'];
  /** What a minute costs now, up to six decimals. */
  pricePerMinute: Money;
  /** Its prices of all times, future ones too. */
  versions: TariffVersionConnection;
};


/** What a subscriber pays by. Its prices are those in force now, or its first ones before these begin; `versions` has all. */
export type TariffVersionsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  orderBy?: InputMaybe<TariffVersionOrder>;
};

/** A page of tariffs. */
export type TariffConnection = {
  __typename?: 'TariffConnection';
  /** The page’s objects with their cursors. */
  edges: Array<TariffEdge>;
  /** The page’s objects. */
  nodes: Array<Tariff>;
  /** Where the page stands in the list. */
  pageInfo: PageInfo;
  /** How many there are in all pages; counted only when asked for. */
  totalCount: Scalars['Int']['output'];
};

/** One of the tariffs with its place in the list. */
export type TariffEdge = {
  __typename?: 'TariffEdge';
  /** Its place, for `after` and `before`; good for this order only. */
  cursor: Scalars['String']['output'];
  /** The object itself. */
  node: Tariff;
};

/** Which tariffs; every field given must hold. */
export type TariffFilter = {
  /** On sale, or not. */
  active?: InputMaybe<Scalars['Boolean']['input']>;
  /** With this text in the name, whatever its case. */
  name?: InputMaybe<Scalars['String']['input']>;
};

/** How tariffs are ordered. */
export type TariffOrder = {
  /** Which end first. */
  direction?: OrderDirection;
  /** By what. */
  field: TariffOrderField;
};

/** What tariffs are ordered by. */
export type TariffOrderField =
  /** The name. */
  | 'NAME';

/** A tariff’s prices from an instant on, until its next version; never changed once made. */
export type TariffVersion = Node & {
  __typename?: 'TariffVersion';
  /** A call is billed in whole steps of so many seconds. */
  billingStepSeconds: Scalars['Int']['output'];
  /** Global id. */
  id: Scalars['ID']['output'];
  /** Free minutes per contract and calendar month. */
  includedMinutes: Scalars['Int']['output'];
  /** A call that was answered is billed for at least so many seconds. */
  minimumSeconds: Scalars['Int']['output'];
  /** What a month costs. */
  monthlyFee: Money;
  /** What a minute costs, up to six decimals. */
  pricePerMinute: Money;
  /** Since when these prices hold. */
  validFrom: Scalars['DateTimeISO']['output'];
};

/** A page of versions of a tariff. */
export type TariffVersionConnection = {
  __typename?: 'TariffVersionConnection';
  /** The page’s objects with their cursors. */
  edges: Array<TariffVersionEdge>;
  /** The page’s objects. */
  nodes: Array<TariffVersion>;
  /** Where the page stands in the list. */
  pageInfo: PageInfo;
  /** How many there are in all pages; counted only when asked for. */
  totalCount: Scalars['Int']['output'];
};

/** One of the versions of a tariff with its place in the list. */
export type TariffVersionEdge = {
  __typename?: 'TariffVersionEdge';
  /** Its place, for `after` and `before`; good for this order only. */
  cursor: Scalars['String']['output'];
  /** The object itself. */
  node: TariffVersion;
};

/** How the versions of a tariff are ordered. */
export type TariffVersionOrder = {
  /** Which end first. */
  direction?: OrderDirection;
  /** By what. */
  field: TariffVersionOrderField;
};

/** What the versions of a tariff are ordered by. */
export type TariffVersionOrderField =
  /** Since when they hold. */
  | 'VALID_FROM';

/** An employee who works in the product. */
export type User = Node & {
  __typename?: 'User';
  /** Whether they work here now; who does not cannot sign in; null unless you see all of this user. */
  active?: Maybe<Scalars['Boolean']['output']>;
  /** When they were made known here; null unless you see all of this user. */
  createdAt?: Maybe<Scalars['DateTimeISO']['output']>;
  /** What they sign in with; null unless you see all of this user. */
  email?: Maybe<Scalars['EmailAddress']['output']>;
  /** The given name. */
  firstName: Scalars['String']['output'];
  /** The team they are in, if any; null unless you see all of this user. */
  group?: Maybe<UserGroup>;
  /** Global id. */
  id: Scalars['ID']['output'];
  /** When they last signed in; null before the first time, and null unless you see all of this user. */
  lastLoginAt?: Maybe<Scalars['DateTimeISO']['output']>;
  /** The family’s name. */
  lastName: Scalars['String']['output'];
  /** For lists: last, first and patronymic name. */
  name: Scalars['String']['output'];
  /** Their profile for talking to customers, if any. */
  operator?: Maybe<Operator>;
  /** The father’s name, where there is one. */
  patronymic?: Maybe<Scalars['String']['output']>;
  /** Whether they can be reached now. */
  presence: Presence;
  /** What they may do; null unless you see all of this user. */
  role?: Maybe<Role>;
  /** Their phone at work, E.164; null unless you see all of this user. */
  workPhone?: Maybe<Scalars['PhoneNumber']['output']>;
};

/** A page of users. */
export type UserConnection = {
  __typename?: 'UserConnection';
  /** The page’s objects with their cursors. */
  edges: Array<UserEdge>;
  /** The page’s objects. */
  nodes: Array<User>;
  /** Where the page stands in the list. */
  pageInfo: PageInfo;
  /** How many there are in all pages; counted only when asked for. */
  totalCount: Scalars['Int']['output'];
};

/** One of the users with its place in the list. */
export type UserEdge = {
  __typename?: 'UserEdge';
  /** Its place, for `after` and `before`; good for this order only. */
  cursor: Scalars['String']['output'];
  /** The object itself. */
  node: User;
};

/** An expected failure of a mutation, with the input field it concerns. */
export type UserError = {
  __typename?: 'UserError';
  /** For programs to act on. */
  code: ErrorCode;
  /** For a person to read. */
  message: Scalars['String']['output'];
  /** From the arguments to the field at fault, list positions as digits; empty where it is the whole. */
  path: Array<Scalars['String']['output']>;
};

/** Which users; every field given must hold. */
export type UserFilter = {
  /** Active, or not. Only users of whom you see all are found. */
  active?: InputMaybe<Scalars['Boolean']['input']>;
  /** With this e-mail, whatever its case. Only users of whom you see all are found. */
  email?: InputMaybe<Scalars['String']['input']>;
  /** With this text in the name, whatever its case. */
  name?: InputMaybe<Scalars['String']['input']>;
  /** With this presence. */
  presence?: InputMaybe<Presence>;
  /** With the role of this name. Only users of whom you see all are found. */
  role?: InputMaybe<Scalars['String']['input']>;
};

/** A team of users that supervisors answer for. */
export type UserGroup = Node & {
  __typename?: 'UserGroup';
  /** Global id. */
  id: Scalars['ID']['output'];
  /** Unique. */
  name: Scalars['String']['output'];
  /** Who is in it; null unless you answer for it. */
  users?: Maybe<UserConnection>;
};


/** A team of users that supervisors answer for. */
export type UserGroupUsersArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  orderBy?: InputMaybe<UserOrder>;
};

/** A page of groups of users. */
export type UserGroupConnection = {
  __typename?: 'UserGroupConnection';
  /** The page’s objects with their cursors. */
  edges: Array<UserGroupEdge>;
  /** The page’s objects. */
  nodes: Array<UserGroup>;
  /** Where the page stands in the list. */
  pageInfo: PageInfo;
  /** How many there are in all pages; counted only when asked for. */
  totalCount: Scalars['Int']['output'];
};

/** One of the groups of users with its place in the list. */
export type UserGroupEdge = {
  __typename?: 'UserGroupEdge';
  /** Its place, for `after` and `before`; good for this order only. */
  cursor: Scalars['String']['output'];
  /** The object itself. */
  node: UserGroup;
};

/** Which groups; every field given must hold. */
export type UserGroupFilter = {
  /** With this text in the name, whatever its case. */
  name?: InputMaybe<Scalars['String']['input']>;
};

/** How groups of users are ordered. */
export type UserGroupOrder = {
  /** Which end first. */
  direction?: OrderDirection;
  /** By what. */
  field: UserGroupOrderField;
};

/** What groups of users are ordered by. */
export type UserGroupOrderField =
  /** Their name. */
  | 'NAME';

/** How users are ordered. */
export type UserOrder = {
  /** Which end first. */
  direction?: OrderDirection;
  /** By what. */
  field: UserOrderField;
};

/** What users are ordered by. */
export type UserOrderField =
  /** The last, then the first name. */
  | 'NAME';

/** Whoever asks. */
export type Viewer = {
  __typename?: 'Viewer';
  /** The customer; null for anybody else. */
  customer?: Maybe<Customer>;
  /** What kind of login it is. */
  kind: ViewerKind;
  /** The employee’s profile for talking to customers; null for who has none. */
  operator?: Maybe<Operator>;
  /** The partner’s key; null for anybody else. */
  partner?: Maybe<PartnerKey>;
  /** What whoever asks may do, such as `customers.read`, in order. */
  permissions: Array<Scalars['String']['output']>;
  /** The name of an employee’s role; null for anybody else. */
  role?: Maybe<Scalars['String']['output']>;
  /** The groups that the employee answers for. */
  supervisedGroups: UserGroupConnection;
  /** The employee; null for anybody else. */
  user?: Maybe<User>;
};


/** Whoever asks. */
export type ViewerSupervisedGroupsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  orderBy?: InputMaybe<UserGroupOrder>;
};

/** What kind of login somebody uses the graph with. */
export type ViewerKind =
  /** A customer. */
  | 'CUSTOMER'
  /** A partner’s system with its key. */
  | 'PARTNER'
  /** An employee. */
  | 'USER';

/** The hours of work on each day of the week. */
export type WeeklySchedule = {
  __typename?: 'WeeklySchedule';
  /** Hours on Fridays, `08:00-18:00` in the organisation’s time zone; null is a day off. */
  FRI?: Maybe<Scalars['String']['output']>;
  /** Hours on Mondays, `08:00-18:00` in the organisation’s time zone; null is a day off. */
  MON?: Maybe<Scalars['String']['output']>;
  /** Hours on Saturdays, `08:00-18:00` in the organisation’s time zone; null is a day off. */
  SAT?: Maybe<Scalars['String']['output']>;
  /** Hours on Sundays, `08:00-18:00` in the organisation’s time zone; null is a day off. */
  SUN?: Maybe<Scalars['String']['output']>;
  /** Hours on Thursdays, `08:00-18:00` in the organisation’s time zone; null is a day off. */
  THU?: Maybe<Scalars['String']['output']>;
  /** Hours on Tuesdays, `08:00-18:00` in the organisation’s time zone; null is a day off. */
  TUE?: Maybe<Scalars['String']['output']>;
  /** Hours on Wednesdays, `08:00-18:00` in the organisation’s time zone; null is a day off. */
  WED?: Maybe<Scalars['String']['output']>;
};

/** How a call ended. */
export type CallStatus =
  /** It was answered. */
  | 'COMPLETED'
  /** Nobody answered it. */
  | 'MISSED'
  /** It was answered, and passed on to another number. */
  | 'REDIRECTED'
  /** It was refused, found the line busy, or failed. */
  | 'REJECTED';

/** Where a contract stands. */
export type ContractStatus =
  /** Agreed; waits to be activated. */
  | 'ACCEPTED'
  /** In force. */
  | 'ACTIVE'
  /** Ended before it was activated. */
  | 'CANCELLED'
  /** Ended. */
  | 'CLOSED'
  /** Being prepared. */
  | 'DRAFT'
  /** Interrupted; can be resumed. */
  | 'SUSPENDED';

/** Why something was refused; stable, for programs to act on. */
export type ErrorCode =
  /** The input is wrong; `path` says where. */
  | 'BAD_USER_INPUT'
  /** It contradicts what is already there. */
  | 'CONFLICT'
  /** Whoever asks is not allowed to. */
  | 'FORBIDDEN'
  /** The idempotency key was used before, with another input. */
  | 'IDEMPOTENCY_MISMATCH'
  /** Something failed on our side; nothing was changed. */
  | 'INTERNAL'
  /** It would go beyond a limit. */
  | 'LIMIT_EXCEEDED'
  /** There is no such object, or not for whoever asks. */
  | 'NOT_FOUND'
  /** Too many attempts; try again later. */
  | 'RATE_LIMITED'
  /** The object is not in a state that allows it. */
  | 'STATE_NOT_ALLOWED'
  /** Nobody is signed in, or the token does not hold. */
  | 'UNAUTHENTICATED';

/** Which file of calls to take in. */
export type ImportCallsInput = {
  /** The file’s id, as `POST /files` gave it. */
  fileId: string | number;
  /** A repeat with the same key and input gives the first import. */
  idempotencyKey: string;
};

/** How far an import is. */
export type ImportState =
  /** Every row was gone through. */
  | 'DONE'
  /** The file as a whole could not be taken in; `failure` says why. */
  | 'FAILED'
  /** Waiting for a worker. */
  | 'QUEUED'
  /** Rows are being taken in. */
  | 'RUNNING';

/** Which file of subscribers to take in. */
export type ImportSubscribersInput = {
  /** The file’s id, as `POST /files` gave it. */
  fileId: string | number;
  /** A repeat with the same key and input gives the first import. */
  idempotencyKey: string;
  /** Since when the contracts hold; now when left out. */
  validFrom?: string | null | undefined;
};

/** A call to record, as a telephony system tells of it. */
export type NewCallInput = {
  /** When it was answered; only of one that was. */
  answeredAt?: string | null | undefined;
  /** Who was called, likewise. */
  called: string;
  /** Who called: a number in any usual form, or an internal one of 2 to 6 digits. */
  caller: string;
  /** Seconds spoken, at most a day; 0 unless it was answered. */
  durationSeconds: number;
  /** When it ended. */
  endedAt?: string | null | undefined;
  /** The telephony system that carried it, by a name of your choice. */
  exchange: string;
  /** Its id there: the same exchange and id twice are one call. */
  externalId: string;
  /** Where it was passed on to: with `REDIRECTED`, and with nothing else. */
  redirectedTo?: string | null | undefined;
  /** When it began. */
  startedAt: string;
  /** How it ended. */
  status: CallStatus;
};

/** A customer to register: a person by last and first name or by full name, or a company by its name. */
export type NewCustomerInput = {
  /** The name of a company. */
  companyName?: string | null | undefined;
  /** Where mail to the customer goes. */
  email?: string | null | undefined;
  /** The first name. */
  firstName?: string | null | undefined;
  /** Last, first and patronymic name in one text, in this order. */
  fullName?: string | null | undefined;
  /** The last name. */
  lastName?: string | null | undefined;
  /** The father’s name, where there is one. */
  patronymic?: string | null | undefined;
};

/** How a payment reached us. */
export type PaymentMethod =
  /** In cash. */
  | 'CASH';

/** What became of a call of a batch. */
export type RecordCallOutcome =
  /** Nothing of it was kept; its errors say why. */
  | 'BAD'
  /** It is known already, or stands earlier in the batch; nothing was changed. */
  | 'DUPLICATE'
  /** It was recorded, and charged where it is due. */
  | 'RECORDED';

/** A batch of calls to record. */
export type RecordCallsInput = {
  /** From 1 to 10,000 calls; included minutes are used up in this order. */
  calls: Array<NewCallInput>;
  /** A repeat with the same key and input gives the first result. */
  idempotencyKey: string;
};

/** A payment that was taken. */
export type RecordPaymentInput = {
  /** How much, above zero, in the organisation’s currency and with no more than its decimals. */
  amount: string;
  /** The contract that it is for. */
  contractId: string | number;
  /** A repeat with the same key and input gives the first result. */
  idempotencyKey: string;
  /** How it reached us; in cash when left out. */
  method?: PaymentMethod | null | undefined;
  /** When it was given, not in the future; now when left out. */
  receivedAt?: string | null | undefined;
};

/** A subscriber to register: customer, number, SIM, tariff and opening deposit. */
export type RegisterSubscriberInput = {
  /** Whether it is switched on at once, as when left out; else by `activateContract` later. */
  activate?: boolean | null | undefined;
  /** A new customer; give this or `customerId`. */
  customer?: NewCustomerInput | null | undefined;
  /** An existing customer; give this or `customer`. */
  customerId?: string | number | null | undefined;
  /** A cash deposit to begin with, in the organisation’s currency; none when left out. */
  deposit?: string | null | undefined;
  /** The SIM’s ICCID: 19 or 20 digits, the last of them the check digit. */
  iccid: string;
  /** A repeat with the same key and input gives the first result. */
  idempotencyKey: string;
  /** The SIM’s IMSI: 15 digits. */
  imsi?: string | null | undefined;
  /** The number, in any usual form, such as `8(900) 111-22-33`. */
  msisdn: string;
  /** The tariff; it must be on sale and have prices when the contract begins. */
  tariffId: string | number;
  /** Since when the contract holds; now when left out. */
  validFrom?: string | null | undefined;
};

/** What somebody signs in with. */
export type SignInInput = {
  /** Whatever its case. */
  email: string;
  /** The password. */
  password: string;
};

/** Where a SIM stands in its life. */
export type SimStatus =
  /** Switched on. */
  | 'ACTIVE'
  /** Switched off because it may not be used. */
  | 'BLOCKED'
  /** Waits for a contract. */
  | 'IN_STOCK'
  /** Kept for a contract that is not active yet. */
  | 'RESERVED'
  /** Never to be used again. */
  | 'RETIRED'
  /** Switched off for a while. */
  | 'SUSPENDED';

/** What kind of login somebody uses the graph with. */
export type ViewerKind =
  /** A customer. */
  | 'CUSTOMER'
  /** A partner’s system with its key. */
  | 'PARTNER'
  /** An employee. */
  | 'USER';

export type RecordCallsMutationVariables = Exact<{
  input: RecordCallsInput;
}>;


export type RecordCallsMutation = { recordCalls: { recorded: number | null, duplicates: number | null, bad: number | null, calls: Array<{ outcome: RecordCallOutcome, call: { id: string, charge: { amount: { amount: string } } | null } | null }> | null, errors: Array<{ code: ErrorCode, message: string, path: Array<string> }> } };

export type DailyCallReportQueryVariables = Exact<{
  from: string;
  to: string;
}>;


export type DailyCallReportQuery = { dailyCallReport: Array<{ day: string, answeredCalls: number, averageSeconds: string | null, averageDuration: string | null, activeSubscribers: number, income: { amount: string, currency: string } }> };

export type ImportSubscribersMutationVariables = Exact<{
  input: ImportSubscribersInput;
}>;


export type ImportSubscribersMutation = { importSubscribers: { importJob: { id: string, state: ImportState } | null, errors: Array<{ code: ErrorCode, message: string, path: Array<string> }> } };

export type ImportCallsMutationVariables = Exact<{
  input: ImportCallsInput;
}>;


export type ImportCallsMutation = { importCalls: { importJob: { id: string, state: ImportState } | null, errors: Array<{ code: ErrorCode, message: string, path: Array<string> }> } };

export type ImportJobQueryVariables = Exact<{
  id: string | number;
}>;


export type ImportJobQuery = { importJob: { state: ImportState, totalRows: number | null, doneRows: number, createdRows: number, unchangedRows: number, badRows: number, failure: string | null, summary: string, issues: { nodes: Array<{ line: number, column: string, code: ErrorCode, message: string }> } } | null };

export type SignInMutationVariables = Exact<{
  input: SignInInput;
}>;


export type SignInMutation = { signIn: { session: { accessToken: string, refreshToken: string } | null, errors: Array<{ code: ErrorCode, message: string, path: Array<string> }> } };

export type ViewerQueryVariables = Exact<{ [key: string]: never; }>;


export type ViewerQuery = { viewer: { kind: ViewerKind, role: string | null, permissions: Array<string> } };

export type TariffsQueryVariables = Exact<{ [key: string]: never; }>;


export type TariffsQuery = { tariffs: { nodes: Array<{ id: string, name: string }> } };

export type RegisterSubscriberMutationVariables = Exact<{
  input: RegisterSubscriberInput;
}>;


export type RegisterSubscriberMutation = { registerSubscriber: { customer: { id: string, name: string } | null, contract: { id: string, status: ContractStatus, msisdnFormatted: string, balance: { amount: string, currency: string } | null } | null, errors: Array<{ code: ErrorCode, message: string, path: Array<string> }> } };

export type RecordPaymentMutationVariables = Exact<{
  input: RecordPaymentInput;
}>;


export type RecordPaymentMutation = { recordPayment: { payment: { id: string, amount: { amount: string, currency: string }, contract: { balance: { amount: string } | null } | null } | null, errors: Array<{ code: ErrorCode, message: string, path: Array<string> }> } };

export type CustomerCardQueryVariables = Exact<{
  id: string | number;
}>;


export type CustomerCardQuery = { customer: { name: string, contracts: { nodes: Array<{ msisdn: string, status: ContractStatus, sim: { iccid: string, status: SimStatus } | null, tariff: { name: string } | null, balance: { amount: string, currency: string } | null }> }, payments: { totalCount: number, nodes: Array<{ method: PaymentMethod, amount: { amount: string } }> }, calls: { nodes: Array<{ status: CallStatus, durationSeconds: number, charge: { amount: { amount: string } } | null }> }, charges: { totalCount: number } } | null };


export const RecordCallsDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"RecordCalls"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"RecordCallsInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"recordCalls"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"recorded"}},{"kind":"Field","name":{"kind":"Name","value":"duplicates"}},{"kind":"Field","name":{"kind":"Name","value":"bad"}},{"kind":"Field","name":{"kind":"Name","value":"calls"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"outcome"}},{"kind":"Field","name":{"kind":"Name","value":"call"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"charge"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"amount"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"amount"}}]}}]}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"errors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"path"}}]}}]}}]}}]} as unknown as DocumentNode<RecordCallsMutation, RecordCallsMutationVariables>;
export const DailyCallReportDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"DailyCallReport"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"from"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"LocalDate"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"to"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"LocalDate"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"dailyCallReport"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"from"},"value":{"kind":"Variable","name":{"kind":"Name","value":"from"}}},{"kind":"Argument","name":{"kind":"Name","value":"to"},"value":{"kind":"Variable","name":{"kind":"Name","value":"to"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"day"}},{"kind":"Field","name":{"kind":"Name","value":"answeredCalls"}},{"kind":"Field","name":{"kind":"Name","value":"averageSeconds"}},{"kind":"Field","name":{"kind":"Name","value":"averageDuration"}},{"kind":"Field","name":{"kind":"Name","value":"activeSubscribers"}},{"kind":"Field","name":{"kind":"Name","value":"income"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"amount"}},{"kind":"Field","name":{"kind":"Name","value":"currency"}}]}}]}}]}}]} as unknown as DocumentNode<DailyCallReportQuery, DailyCallReportQueryVariables>;
export const ImportSubscribersDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"ImportSubscribers"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ImportSubscribersInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"importSubscribers"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"importJob"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"state"}}]}},{"kind":"Field","name":{"kind":"Name","value":"errors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"path"}}]}}]}}]}}]} as unknown as DocumentNode<ImportSubscribersMutation, ImportSubscribersMutationVariables>;
export const ImportCallsDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"ImportCalls"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ImportCallsInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"importCalls"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"importJob"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"state"}}]}},{"kind":"Field","name":{"kind":"Name","value":"errors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"path"}}]}}]}}]}}]} as unknown as DocumentNode<ImportCallsMutation, ImportCallsMutationVariables>;
export const ImportJobDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"ImportJob"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"id"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"importJob"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"id"},"value":{"kind":"Variable","name":{"kind":"Name","value":"id"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"totalRows"}},{"kind":"Field","name":{"kind":"Name","value":"doneRows"}},{"kind":"Field","name":{"kind":"Name","value":"createdRows"}},{"kind":"Field","name":{"kind":"Name","value":"unchangedRows"}},{"kind":"Field","name":{"kind":"Name","value":"badRows"}},{"kind":"Field","name":{"kind":"Name","value":"failure"}},{"kind":"Field","name":{"kind":"Name","value":"summary"}},{"kind":"Field","name":{"kind":"Name","value":"issues"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"IntValue","value":"20"}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"line"}},{"kind":"Field","name":{"kind":"Name","value":"column"}},{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}}]}}]}}]}}]}}]} as unknown as DocumentNode<ImportJobQuery, ImportJobQueryVariables>;
export const SignInDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"SignIn"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"SignInInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"signIn"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"session"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"accessToken"}},{"kind":"Field","name":{"kind":"Name","value":"refreshToken"}}]}},{"kind":"Field","name":{"kind":"Name","value":"errors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"path"}}]}}]}}]}}]} as unknown as DocumentNode<SignInMutation, SignInMutationVariables>;
export const ViewerDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"Viewer"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"viewer"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"role"}},{"kind":"Field","name":{"kind":"Name","value":"permissions"}}]}}]}}]} as unknown as DocumentNode<ViewerQuery, ViewerQueryVariables>;
export const TariffsDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"Tariffs"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"tariffs"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}}]}}]}}]} as unknown as DocumentNode<TariffsQuery, TariffsQueryVariables>;
export const RegisterSubscriberDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"RegisterSubscriber"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"RegisterSubscriberInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"registerSubscriber"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"customer"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}},{"kind":"Field","name":{"kind":"Name","value":"contract"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"msisdnFormatted"}},{"kind":"Field","name":{"kind":"Name","value":"balance"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"amount"}},{"kind":"Field","name":{"kind":"Name","value":"currency"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"errors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"path"}}]}}]}}]}}]} as unknown as DocumentNode<RegisterSubscriberMutation, RegisterSubscriberMutationVariables>;
export const RecordPaymentDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"RecordPayment"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"RecordPaymentInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"recordPayment"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"payment"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"amount"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"amount"}},{"kind":"Field","name":{"kind":"Name","value":"currency"}}]}},{"kind":"Field","name":{"kind":"Name","value":"contract"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"balance"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"amount"}}]}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"errors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"path"}}]}}]}}]}}]} as unknown as DocumentNode<RecordPaymentMutation, RecordPaymentMutationVariables>;
export const CustomerCardDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"CustomerCard"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"id"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"customer"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"id"},"value":{"kind":"Variable","name":{"kind":"Name","value":"id"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"contracts"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"msisdn"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"sim"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"iccid"}},{"kind":"Field","name":{"kind":"Name","value":"status"}}]}},{"kind":"Field","name":{"kind":"Name","value":"tariff"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}}]}},{"kind":"Field","name":{"kind":"Name","value":"balance"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"amount"}},{"kind":"Field","name":{"kind":"Name","value":"currency"}}]}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"payments"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"totalCount"}},{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"amount"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"amount"}}]}},{"kind":"Field","name":{"kind":"Name","value":"method"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"calls"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"IntValue","value":"10"}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"durationSeconds"}},{"kind":"Field","name":{"kind":"Name","value":"charge"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"amount"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"amount"}}]}}]}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"charges"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"totalCount"}}]}}]}}]}}]} as unknown as DocumentNode<CustomerCardQuery, CustomerCardQueryVariables>;