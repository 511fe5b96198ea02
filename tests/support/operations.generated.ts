/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type { TypedDocumentNode as DocumentNode } from '@graphql-typed-document-node/core';
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
  /** Something failed on our side; read again to see what holds. */
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
  /** It ended before the last row; `failure` says why. What was taken in stays. */
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
  /** Since when new contracts, and other SIMs and tariffs of known ones, hold; now when left out, never in the future. */
  validFrom?: string | null | undefined;
};

/** A call to record, as a telephony system tells of it. */
export type NewCallInput = {
  /** When it was answered, likewise; only of one that was. */
  answeredAt?: string | null | undefined;
  /** Who was called, likewise. */
  called: string;
  /** Who called: a number in any usual form, or an internal one of 2 to 6 digits. */
  caller: string;
  /** Seconds spoken, at most a day; 0 unless it was answered. */
  durationSeconds: number;
  /** When it ended, likewise. */
  endedAt?: string | null | undefined;
  /** The telephony system that carried it, by a name of your choice. */
  exchange: string;
  /** Its id there: the same exchange and id twice are one call. */
  externalId: string;
  /** Where it was passed on to: with `REDIRECTED`, and with nothing else. */
  redirectedTo?: string | null | undefined;
  /** When it began: an instant in ISO 8601 with its offset, such as `2026-09-01T12:00:00Z` or `2026-09-01T15:00:00+03:00`, at most a day ahead. */
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
  /** Since when the contract holds; now when left out. Never in the future, and more than a day ago only from who may start imports. */
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