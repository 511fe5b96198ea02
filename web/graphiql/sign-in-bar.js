/** @typedef {import('./session.js').Session} Session */

/**
 * Brings the bar above GraphiQL to life: it signs in, takes a token, signs out and says what went wrong.
 *
 * @param {HTMLElement} bar
 * @param {Session} session
 */
export function bindSignInBar(bar, session) {
  /** @type {(name: string) => HTMLElement} */
  const part = (name) => /** @type {HTMLElement} */ (bar.querySelector(`[data-part="${name}"]`));
  const forms = {
    password: /** @type {HTMLFormElement} */ (part('password')),
    token: /** @type {HTMLFormElement} */ (part('token')),
  };
  const message = part('message');

  /** @param {'password' | 'token' | 'identity'} shown */
  const show = (shown) => {
    for (const name of ['password', 'token', 'identity']) part(name).hidden = name !== shown;
  };

  const showIdentity = () => {
    message.textContent = session.ended ?? '';
    part('label').textContent = session.identity?.label ?? '';
    show(session.identity ? 'identity' : 'password');
  };

  /**
   * @param {HTMLFormElement} form
   * @param {(fields: FormData) => Promise<void>} run
   */
  const onSubmit = (form, run) =>
    form.addEventListener('submit', async (event) => {
      event.preventDefault();
      message.textContent = '';
      const fields = new FormData(form);
      const button = /** @type {HTMLButtonElement} */ (form.querySelector('[type="submit"]'));
      button.disabled = true;
      try {
        await run(fields);
        form.reset();
      } catch (cause) {
        message.textContent = cause instanceof Error ? cause.message : String(cause);
      } finally {
        button.disabled = false;
      }
    });

  onSubmit(forms.password, (fields) => session.signIn(String(fields.get('email')), String(fields.get('password'))));
  onSubmit(forms.token, (fields) => session.useToken(String(fields.get('token')).trim()));

  for (const [button, shown] of /** @type {const} */ ([
    ['to-token', 'token'],
    ['to-password', 'password'],
  ])) {
    part(button).addEventListener('click', () => {
      message.textContent = '';
      show(shown);
      forms[shown].querySelector('input')?.focus();
    });
  }
  part('sign-out').addEventListener('click', () => session.signOut());

  session.addEventListener('change', showIdentity);
  showIdentity();
}
