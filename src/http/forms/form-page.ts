import type { ShownWebForm } from '../../services/distribution/find-web-form.js';
import {
  type FormFault,
  type FormField,
  LONGEST_TYPED,
  type TypedEntry,
} from '../../services/distribution/read-form-entry.js';
import { Html, html } from '../../services/shared/text/html.js';
import { FORM_STYLE } from './form-style.js';
import { FORM_WORDS, type FormNotice, type FormWords } from './form-words.js';

/** The field that people do not see; what fills in all fields fills in this one too. */
export const TRAP = 'topic';
/** The field with the page's token. */
export const TOKEN = 'token';

/** What a page of a form shows. */
export interface FormPage {
  readonly form: ShownWebForm;
  readonly token: string;
  /** Whether it stands within a page of another site. */
  readonly embedded: boolean;
  /** What was typed before. */
  readonly typed?: TypedEntry | undefined;
  readonly notice?: FormNotice | undefined;
  readonly faults?: Readonly<Partial<Record<FormField, FormFault>>> | undefined;
}

const NOTHING: TypedEntry = { name: '', phone: '', email: '', message: '' };

function renderPage(
  { tag, title, embedded }: { readonly tag: string; readonly title: string; readonly embedded: boolean },
  content: Html,
): string {
  return html`<!doctype html>
<html lang="${tag}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>${title}</title>
<link rel="icon" href="data:,">
<style>${new Html(FORM_STYLE)}</style>
</head>
<body${embedded && new Html(' class="embedded"')}>
<main>
${content}
</main>
</body>
</html>
`.text;
}

/** The page of a form, empty or with what was typed and what is wrong with it. */
export function renderForm({ form, token, embedded, typed = NOTHING, notice, faults = {} }: FormPage): string {
  const words = FORM_WORDS[form.language];
  const title = notice ? `${words.error}: ${form.title}` : form.title;
  const first = (['name', 'phone', 'email', 'message'] as const).find((field) => faults[field]);
  const field = (name: FormField, label: string, attributes: Html) =>
    renderField({
      name,
      label,
      attributes,
      value: typed[name],
      fault: faults[name] && words.faults[faults[name]],
      first,
    });
  const content = html`<h1>${form.title}</h1>
${notice && html`<p class="notice" role="alert">${words.notices[notice]}</p>`}
<form method="post" accept-charset="utf-8" novalidate>
${field('name', words.name, html`autocomplete="name"`)}
<fieldset aria-describedby="contact-hint">
<legend>${words.contact}</legend>
<p class="hint" id="contact-hint">${words.contactHint}</p>
<div class="pair">
${field('phone', words.phone, html`type="tel" autocomplete="tel" placeholder="${words.phoneExample}"`)}
${field('email', words.email, html`type="email" autocomplete="email" autocapitalize="none" spellcheck="false"`)}
</div>
</fieldset>
${field('message', words.message, html`rows="5"`)}
${renderTrap(words)}
<input type="hidden" name="${TOKEN}" value="${token}">
<button>${words.send}</button>
</form>`;
  return renderPage({ tag: words.tag, title, embedded }, content);
}

interface RenderedField {
  readonly name: FormField;
  readonly label: string;
  readonly attributes: Html;
  readonly value: string;
  readonly fault: string | undefined;
  /** The first field with a fault: there the cursor stands. */
  readonly first: FormField | undefined;
}

function renderField({ name, label, attributes, value, fault, first }: RenderedField): Html {
  const wrong = fault && html` aria-invalid="true" aria-describedby="${name}-fault"`;
  const own = html`id="${name}" name="${name}" maxlength="${LONGEST_TYPED[name]}" ${attributes}${wrong}${
    first === name && new Html(' autofocus')
  }`;
  // A line feed right behind the tag is not part of the text.
  const input =
    name === 'message' ? html`<textarea ${own}>\n${value}</textarea>` : html`<input ${own} value="${value}">`;
  return html`<div class="field">
<label for="${name}">${label}</label>
${input}
${fault && html`<p class="fault" id="${name}-fault">${fault}</p>`}
</div>`;
}

function renderTrap({ trap }: FormWords): Html {
  return html`<div class="trap" aria-hidden="true"><label>${trap}<input name="${TRAP}" tabindex="-1" autocomplete="off"></label></div>`;
}

/** The page that thanks for what was sent through a form. */
export function renderThanks(form: ShownWebForm, address: string, embedded: boolean): string {
  const { tag, sent, sendAnother } = FORM_WORDS[form.language];
  const content = html`<div class="done" role="status">
<svg viewBox="0 0 44 44" aria-hidden="true"><circle cx="22" cy="22" r="22" fill="#e3f4e8"/><path d="M13 22.5l6.2 6.2L31.5 16" fill="none" stroke="#12793a" stroke-width="3.4" stroke-linecap="round" stroke-linejoin="round"/></svg>
<div>
<h1>${sent}</h1>
<p class="words">${form.thanks}</p>
<p class="again"><a href="${address}">${sendAnother}</a></p>
</div>
</div>`;
  return renderPage({ tag, title: `${sent}: ${form.title}`, embedded }, content);
}

/** A page that says something where there is no form to show. */
export function renderWords({ tag }: FormWords, text: string, embedded: boolean): string {
  return renderPage({ tag, title: text, embedded }, html`<p class="notice" role="alert">${text}</p>`);
}
