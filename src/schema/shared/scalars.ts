import { GraphQLScalarType } from 'graphql';
import {
  GraphQLCurrency,
  GraphQLDateTimeISO,
  GraphQLEmailAddress,
  GraphQLLocalDate,
  GraphQLPhoneNumber,
  GraphQLSafeInt,
} from 'graphql-scalars';

/** A scalar of graphql-scalars, in our own words. */
function described<Internal, External>(
  scalar: GraphQLScalarType<Internal, External>,
  description: string,
): GraphQLScalarType<Internal, External> {
  return new GraphQLScalarType({ ...scalar.toConfig(), description });
}

/** The scalars of the graph beside GraphQL's own and `Decimal`. */
export const Instant = described(
  GraphQLDateTimeISO,
  'An instant, as text in ISO 8601: given in UTC, such as `2026-09-01T09:30:00.000Z`; taken with any offset, such as `2026-09-01T12:30:00+03:00`.',
);
export const CalendarDate = described(
  GraphQLLocalDate,
  'A calendar day, as text such as `2026-09-01`; when it begins and ends, the organisation’s time zone says.',
);
export const Currency = described(GraphQLCurrency, 'A currency, as its ISO 4217 code, such as `RUB`.');
export const EmailAddress = described(
  GraphQLEmailAddress,
  'An e-mail address, such as `anna@example.com`, as forms in a browser take it.',
);
export const PhoneNumber = described(
  GraphQLPhoneNumber,
  'A phone number in E.164: `+`, country code and number, without spaces, such as `+79001112233`.',
);
export const SafeInt = described(
  GraphQLSafeInt,
  'A whole number of at most 9,007,199,254,740,991 either way, beyond the 32 bits of `Int`: what a JSON number holds exactly.',
);
