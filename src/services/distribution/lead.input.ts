import { phoneInput } from '../shared/phone/phone-number.js';
import { emailKey } from '../shared/text/email-address.js';
import { emailInput, lineInput } from '../shared/text/text-input.js';

/**
 * What a lead is called and known by, normalised: the phone in E.164, the e-mail in lower case; an external id as it is,
 * but tidied.
 */
export const leadFields = {
  name: lineInput(),
  externalId: lineInput(),
  phone: phoneInput,
  email: emailInput.transform(emailKey),
};
