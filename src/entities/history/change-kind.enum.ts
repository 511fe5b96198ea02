import type { LabelsOf } from '../shared/localised-label.js';

/** What somebody did to an object: the kinds of what use cases record, in the form of the graph's enums. */
export enum ChangeKind {
  CUSTOMER_REGISTERED = 'CUSTOMER_REGISTERED',
  CUSTOMER_CHANGED = 'CUSTOMER_CHANGED',
  CONTRACT_REGISTERED = 'CONTRACT_REGISTERED',
  CONTRACT_ACTIVATED = 'CONTRACT_ACTIVATED',
  CONTRACT_SIM_SWAPPED = 'CONTRACT_SIM_SWAPPED',
  CONTRACT_TARIFF_CHANGED = 'CONTRACT_TARIFF_CHANGED',
  SIM_REGISTERED = 'SIM_REGISTERED',
  SIM_CHANGED = 'SIM_CHANGED',
  PAYMENT_RECORDED = 'PAYMENT_RECORDED',
  TARIFF_PUBLISHED = 'TARIFF_PUBLISHED',
  USER_CREATED = 'USER_CREATED',
  USER_CHANGED = 'USER_CHANGED',
  USER_INVITED = 'USER_INVITED',
  USER_INVITATION_ACCEPTED = 'USER_INVITATION_ACCEPTED',
  USER_PASSWORD_CHANGED = 'USER_PASSWORD_CHANGED',
  USER_SIGNED_IN = 'USER_SIGNED_IN',
  USER_SIGNED_OUT = 'USER_SIGNED_OUT',
  USER_SESSION_REVOKED = 'USER_SESSION_REVOKED',
  CUSTOMER_PASSWORD_CHANGED = 'CUSTOMER_PASSWORD_CHANGED',
  CUSTOMER_SIGNED_IN = 'CUSTOMER_SIGNED_IN',
  CUSTOMER_SIGNED_OUT = 'CUSTOMER_SIGNED_OUT',
  CUSTOMER_SESSION_REVOKED = 'CUSTOMER_SESSION_REVOKED',
  OPERATOR_REGISTERED = 'OPERATOR_REGISTERED',
  OPERATOR_CHANGED = 'OPERATOR_CHANGED',
  PARTNER_KEY_CREATED = 'PARTNER_KEY_CREATED',
  PARTNER_KEY_REVOKED = 'PARTNER_KEY_REVOKED',
  WEBHOOK_ENDPOINT_CREATED = 'WEBHOOK_ENDPOINT_CREATED',
  WEBHOOK_ENDPOINT_CHANGED = 'WEBHOOK_ENDPOINT_CHANGED',
  WEBHOOK_ENDPOINT_REMOVED = 'WEBHOOK_ENDPOINT_REMOVED',
  WEBHOOK_ENDPOINT_SECRET_ROTATED = 'WEBHOOK_ENDPOINT_SECRET_ROTATED',
  WEBHOOK_ENDPOINT_REPLAYED = 'WEBHOOK_ENDPOINT_REPLAYED',
  FILE_STORED = 'FILE_STORED',
  IMPORT_REQUESTED = 'IMPORT_REQUESTED',
  IMPORT_ENDED = 'IMPORT_ENDED',
  HISTORY_ERASED = 'HISTORY_ERASED',
}

export const CHANGE_KIND_LABELS: LabelsOf<ChangeKind> = {
  CUSTOMER_REGISTERED: { ru: 'Клиент зарегистрирован', uk: 'Клієнта зареєстровано' },
  CUSTOMER_CHANGED: { ru: 'Данные клиента изменены', uk: 'Дані клієнта змінено' },
  CONTRACT_REGISTERED: { ru: 'Договор оформлен', uk: 'Договір оформлено' },
  CONTRACT_ACTIVATED: { ru: 'Договор активирован', uk: 'Договір активовано' },
  CONTRACT_SIM_SWAPPED: { ru: 'SIM-карта заменена', uk: 'SIM-картку замінено' },
  CONTRACT_TARIFF_CHANGED: { ru: 'Тариф договора изменён', uk: 'Тариф договору змінено' },
  SIM_REGISTERED: { ru: 'SIM-карта внесена', uk: 'SIM-картку внесено' },
  SIM_CHANGED: { ru: 'SIM-карта изменена', uk: 'SIM-картку змінено' },
  PAYMENT_RECORDED: { ru: 'Платёж принят', uk: 'Платіж прийнято' },
  TARIFF_PUBLISHED: { ru: 'Тариф опубликован', uk: 'Тариф опубліковано' },
  USER_CREATED: { ru: 'Пользователь создан', uk: 'Користувача створено' },
  USER_CHANGED: { ru: 'Данные пользователя изменены', uk: 'Дані користувача змінено' },
  USER_INVITED: { ru: 'Пользователь приглашён', uk: 'Користувача запрошено' },
  USER_INVITATION_ACCEPTED: { ru: 'Приглашение принято', uk: 'Запрошення прийнято' },
  USER_PASSWORD_CHANGED: { ru: 'Пароль пользователя изменён', uk: 'Пароль користувача змінено' },
  USER_SIGNED_IN: { ru: 'Пользователь вошёл', uk: 'Користувач увійшов' },
  USER_SIGNED_OUT: { ru: 'Пользователь вышел', uk: 'Користувач вийшов' },
  USER_SESSION_REVOKED: { ru: 'Сеанс пользователя прерван', uk: 'Сеанс користувача перервано' },
  CUSTOMER_PASSWORD_CHANGED: { ru: 'Пароль клиента изменён', uk: 'Пароль клієнта змінено' },
  CUSTOMER_SIGNED_IN: { ru: 'Клиент вошёл', uk: 'Клієнт увійшов' },
  CUSTOMER_SIGNED_OUT: { ru: 'Клиент вышел', uk: 'Клієнт вийшов' },
  CUSTOMER_SESSION_REVOKED: { ru: 'Сеанс клиента прерван', uk: 'Сеанс клієнта перервано' },
  OPERATOR_REGISTERED: { ru: 'Оператор зарегистрирован', uk: 'Оператора зареєстровано' },
  OPERATOR_CHANGED: { ru: 'Данные оператора изменены', uk: 'Дані оператора змінено' },
  PARTNER_KEY_CREATED: { ru: 'Ключ партнёра создан', uk: 'Ключ партнера створено' },
  PARTNER_KEY_REVOKED: { ru: 'Ключ партнёра отозван', uk: 'Ключ партнера відкликано' },
  WEBHOOK_ENDPOINT_CREATED: { ru: 'Адрес веб-хука создан', uk: 'Адресу веб-хука створено' },
  WEBHOOK_ENDPOINT_CHANGED: { ru: 'Адрес веб-хука изменён', uk: 'Адресу веб-хука змінено' },
  WEBHOOK_ENDPOINT_REMOVED: { ru: 'Адрес веб-хука удалён', uk: 'Адресу веб-хука видалено' },
  WEBHOOK_ENDPOINT_SECRET_ROTATED: { ru: 'Секрет веб-хука заменён', uk: 'Секрет веб-хука замінено' },
  WEBHOOK_ENDPOINT_REPLAYED: { ru: 'Повтор событий веб-хука', uk: 'Повтор подій веб-хука' },
  FILE_STORED: { ru: 'Файл загружен', uk: 'Файл завантажено' },
  IMPORT_REQUESTED: { ru: 'Загрузка запрошена', uk: 'Завантаження запитано' },
  IMPORT_ENDED: { ru: 'Загрузка завершена', uk: 'Завантаження завершено' },
  HISTORY_ERASED: { ru: 'Личные данные в истории стёрты', uk: 'Особисті дані в історії стерто' },
};

/**
 * The kind of a change, by the kind of the event: `contract.sim-swapped` is CONTRACT_SIM_SWAPPED.
 *
 * @throws Error for one that has no name here
 */
export function changeKindOf(event: string): ChangeKind {
  const kind = event.toUpperCase().replace(/[.-]/g, '_');
  if (!Object.hasOwn(ChangeKind, kind)) throw new Error(`ChangeKind has no name for ${event}.`);
  return kind as ChangeKind;
}
