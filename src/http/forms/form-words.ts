import { WebFormLanguage } from '../../entities/distribution/web-form-language.enum.js';
import type { FormFault } from '../../services/distribution/read-form-entry.js';

/** What is said above a form that was not taken in. */
export type FormNotice = 'FAULTS' | 'TOO_FAST' | 'TOO_OLD' | 'SENT_BEFORE' | 'TOO_OFTEN' | 'FAILED';

/** The words of a form's own. */
export interface FormWords {
  /** Of the language, as HTML names it. */
  readonly tag: string;
  readonly name: string;
  readonly contact: string;
  readonly contactHint: string;
  readonly phone: string;
  /** A number as people write it. */
  readonly phoneExample: string;
  readonly email: string;
  readonly message: string;
  /** Beside what nobody sees; who sees it all the same must know. */
  readonly trap: string;
  readonly send: string;
  /** Above the thanks. */
  readonly sent: string;
  readonly sendAnother: string;
  /** What the title begins with where something is wrong. */
  readonly error: string;
  readonly faults: Readonly<Record<FormFault, string>>;
  readonly notices: Readonly<Record<FormNotice, string>>;
  readonly unknown: string;
  readonly unreadable: string;
  readonly broken: string;
}

/** The words of forms in each language. */
export const FORM_WORDS: Readonly<Record<WebFormLanguage, FormWords>> = {
  [WebFormLanguage.RU]: {
    tag: 'ru',
    name: 'Как к вам обращаться',
    contact: 'Как с вами связаться',
    contactHint: 'Укажите телефон или эл. почту, можно и то и другое.',
    phone: 'Телефон',
    phoneExample: '8(900) 111-22-33',
    email: 'Эл. почта',
    message: 'Сообщение',
    trap: 'Оставьте это поле пустым',
    send: 'Отправить',
    sent: 'Отправлено',
    sendAnother: 'Отправить ещё одно сообщение',
    error: 'Ошибка',
    faults: {
      NO_CONTACT: 'Укажите телефон или эл. почту, чтобы мы могли ответить.',
      BAD_PHONE: 'Это не похоже на номер телефона. Например: 8(900)\u00a0111\u201122\u201133.',
      BAD_EMAIL: 'Это не похоже на адрес эл. почты. Например: imya@example.com.',
      TOO_LONG: 'Слишком длинно. Сократите, пожалуйста.',
      BAD_TEXT: 'Здесь есть знаки, которые нельзя сохранить. Наберите текст заново.',
    },
    notices: {
      FAULTS: 'Пока не отправлено. Исправьте отмеченные поля и нажмите «Отправить».',
      TOO_FAST: 'Пока не отправлено: всё заполнено так быстро, будто роботом. Нажмите «Отправить» ещё раз.',
      TOO_OLD: 'Пока не отправлено: страница была открыта слишком давно. Нажмите «Отправить» ещё раз.',
      SENT_BEFORE: 'С этой страницы сообщение уже отправлено. Чтобы отправить ещё и это, нажмите «Отправить» ещё раз.',
      TOO_OFTEN: 'Пока не отправлено: сейчас слишком много сообщений. Подождите минуту и нажмите «Отправить» ещё раз.',
      FAILED: 'Пока не отправлено: у нас что-то сломалось. Подождите немного и нажмите «Отправить» ещё раз.',
    },
    unknown: 'Такой формы нет. Возможно, её убрали.',
    unreadable:
      'Это не удалось прочесть: сообщение слишком велико или отправлено не из формы. Вернитесь и попробуйте ещё раз.',
    broken: 'У нас что-то сломалось. Попробуйте ещё раз немного позже.',
  },
  [WebFormLanguage.UK]: {
    tag: 'uk',
    name: 'Як до вас звертатися',
    contact: 'Як з вами зв’язатися',
    contactHint: 'Вкажіть телефон або ел. пошту, можна й те й інше.',
    phone: 'Телефон',
    phoneExample: '050 123 45 67',
    email: 'Ел. пошта',
    message: 'Повідомлення',
    trap: 'Залиште це поле порожнім',
    send: 'Надіслати',
    sent: 'Надіслано',
    sendAnother: 'Надіслати ще одне повідомлення',
    error: 'Помилка',
    faults: {
      NO_CONTACT: 'Вкажіть телефон або ел. пошту, щоб ми могли відповісти.',
      BAD_PHONE: 'Це не схоже на номер телефону. Наприклад: 050\u00a0123\u00a045\u00a067.',
      BAD_EMAIL: 'Це не схоже на адресу ел. пошти. Наприклад: imia@example.com.',
      TOO_LONG: 'Задовго. Скоротіть, будь ласка.',
      BAD_TEXT: 'Тут є знаки, які не можна зберегти. Наберіть текст заново.',
    },
    notices: {
      FAULTS: 'Ще не надіслано. Виправте позначені поля й натисніть «Надіслати».',
      TOO_FAST: 'Ще не надіслано: усе заповнено так швидко, ніби роботом. Натисніть «Надіслати» ще раз.',
      TOO_OLD: 'Ще не надіслано: сторінку було відкрито занадто давно. Натисніть «Надіслати» ще раз.',
      SENT_BEFORE: 'З цієї сторінки повідомлення вже надіслано. Щоб надіслати ще й це, натисніть «Надіслати» ще раз.',
      TOO_OFTEN: 'Ще не надіслано: зараз забагато повідомлень. Зачекайте хвилину й натисніть «Надіслати» ще раз.',
      FAILED: 'Ще не надіслано: у нас щось зламалося. Трохи зачекайте й натисніть «Надіслати» ще раз.',
    },
    unknown: 'Такої форми немає. Можливо, її прибрали.',
    unreadable:
      'Це не вдалося прочитати: повідомлення завелике або надіслане не з форми. Поверніться та спробуйте ще раз.',
    broken: 'У нас щось зламалося. Спробуйте ще раз трохи згодом.',
  },
  [WebFormLanguage.EN]: {
    tag: 'en',
    name: 'Your name',
    contact: 'How can we reach you?',
    contactHint: 'Give a phone number or an e-mail address, or both.',
    phone: 'Phone',
    phoneExample: '+7 900 111-22-33',
    email: 'E-mail',
    message: 'Message',
    trap: 'Leave this field empty',
    send: 'Send',
    sent: 'Sent',
    sendAnother: 'Send another message',
    error: 'Error',
    faults: {
      NO_CONTACT: 'Give a phone number or an e-mail address, so that we can answer.',
      BAD_PHONE: 'This does not look like a phone number. For example: +7\u00a0900\u00a0111\u201122\u201133.',
      BAD_EMAIL: 'This does not look like an e-mail address. For example: name@example.com.',
      TOO_LONG: 'This is too long. Please shorten it.',
      BAD_TEXT: 'There are characters here that cannot be stored. Please type it anew.',
    },
    notices: {
      FAULTS: 'Not sent yet. Correct the fields that are marked, and press “Send”.',
      TOO_FAST: 'Not sent yet: that was as fast as a robot. Press “Send” once more.',
      TOO_OLD: 'Not sent yet: this page was opened too long ago. Press “Send” once more.',
      SENT_BEFORE: 'A message was sent from this page before. To send this one too, press “Send” once more.',
      TOO_OFTEN: 'Not sent yet: there are too many messages just now. Wait a minute and press “Send” once more.',
      FAILED: 'Not sent yet: something failed on our side. Wait a little and press “Send” once more.',
    },
    unknown: 'There is no such form. It may have been removed.',
    unreadable: 'This could not be read: it is too large, or was not sent from the form. Go back and try again.',
    broken: 'Something failed on our side. Try again a little later.',
  },
};

/** The first language of ours that a browser asks for; Russian when it asks for none. */
export function languageOf(accepted: string | undefined): WebFormLanguage {
  const asked = (accepted ?? '').toLowerCase().match(/\b(ru|uk|en)\b/)?.[1];
  return Object.values(WebFormLanguage).find((language) => FORM_WORDS[language].tag === asked) ?? WebFormLanguage.RU;
}
