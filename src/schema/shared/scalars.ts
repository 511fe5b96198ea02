import {
  GraphQLCurrency,
  GraphQLDateTimeISO,
  GraphQLEmailAddress,
  GraphQLLocalDate,
  GraphQLPhoneNumber,
  GraphQLSafeInt,
} from 'graphql-scalars';

/** The scalars of the graph beside GraphQL's own; their descriptions come from graphql-scalars. */
export const Instant = GraphQLDateTimeISO;
export const CalendarDate = GraphQLLocalDate;
export const Currency = GraphQLCurrency;
export const EmailAddress = GraphQLEmailAddress;
export const PhoneNumber = GraphQLPhoneNumber;
export const SafeInt = GraphQLSafeInt;
