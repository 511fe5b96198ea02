import { phoneInput } from '../shared/phone/phone-number.js';
import { emailInput, lineInput } from '../shared/text/text-input.js';

/** What a lead is called and known by, normalised: the phone in E.164, the e-mail in lower case; an external id as it is. */
export const leadFields = {
  name: lineInput(),
  externalId: lineInput(),
  phone: phoneInput,
  email: emailInput.transform((email) => email.toLowerCase()),
};
