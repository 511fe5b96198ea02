import { z } from 'zod';
import { WebFormLanguage } from '../../entities/distribution/web-form-language.enum.js';
import { LONGEST_THANKS } from '../shared/limits/longest-texts.js';
import { lineInput, textInput } from '../shared/text/text-input.js';

const LONGEST_TITLE = 120;
const MOST_ORIGINS = 20;
/** As a policy for browsers may name it: nothing else can come to stand in a header. */
const ORIGIN = /^https?:\/\/(\*\.)?[a-z0-9-]+(\.[a-z0-9-]+)*(:\d{1,5})?$|^https?:\/\/\[[0-9a-f:.]+\](:\d{1,5})?$/;

/** A site, such as `https://example.com`; `https://*.example.com` is all below it. */
const originInput = lineInput(300).transform((text, issues) => {
  const url = URL.parse(text);
  const isSite = url?.pathname === '/' && !url.search && !url.hash && !url.username && !url.password;
  if (url && isSite && ORIGIN.test(url.origin)) return url.origin;
  issues.addIssue({ code: 'custom', message: 'must be a site such as https://example.com, without a path' });
  return z.NEVER;
});

/** What of a web form can be set. */
export const webFormInputs = {
  title: lineInput(LONGEST_TITLE),
  thanks: textInput(LONGEST_THANKS).pipe(z.string().min(1, 'must not be empty')),
  language: z.enum(WebFormLanguage, 'must be RU, UK or EN'),
  origins: z
    .array(originInput, 'must be a list')
    .max(MOST_ORIGINS, `must have at most ${MOST_ORIGINS}`)
    .transform((origins) => [...new Set(origins)]),
};
