import { z } from 'zod';
import { splitFullName } from '../../src/services/shared/text/full-name.js';
import { emailInput, lineInput, secretInput, textInput } from '../../src/services/shared/text/text-input.js';

describe('text in an input', () => {
  const kinds: Record<string, z.ZodType> = { line: lineInput(), text: textInput(100), secret: secretInput(100) };

  it.each(Object.entries(kinds))(
    'that is a %s is well-formed: no half of a surrogate pair is taken',
    (_name, schema) => {
      for (const half of ['\ud800', '\udc00', 'a \ud800 x', '\udc00\ud800']) {
        expect(z.safeParse(schema, half).success).toBe(false);
      }
      for (const whole of ['Анна 😀', '\ufffd', 'é']) expect(z.parse(schema, whole)).toBe(whole);
    },
  );
});

describe('text that looks the same', () => {
  const line = lineInput();
  const text = textInput(100);

  it('is the same however its letters were composed, and is measured as it is kept', () => {
    for (const word of ['Йод', 'Ёлка', 'Café', 'Việt', '한글']) {
      expect(line.parse(word.normalize('NFD'))).toBe(word.normalize('NFC'));
      expect(text.parse(`${word}\n${word}`.normalize('NFD'))).toBe(`${word}\n${word}`.normalize('NFC'));
    }
    expect(lineInput(3).parse('йод'.normalize('NFD'))).toBe('йод');
  });

  it('is a secret as it was typed', () => {
    const secret = '\u200b Йод '.normalize('NFD');
    expect(secretInput(100).parse(secret)).toBe(secret);
  });

  it.each(['\u200b', ' \u2060\ufeff ', '\u3164', '\u2800', '\u202e', '\u200d\ufe0f', '\u00ad', '\u2066\u2069'])(
    'is nothing where nothing of it is seen: %j',
    (blank) => {
      expect(line.safeParse(blank).error?.issues.map(({ message }) => message)).toEqual(['must not be empty']);
      expect(text.parse(blank)).toBe('');
    },
  );

  it('has at its ends nothing that does not show', () => {
    for (const around of ['\u200b', '\ufeff', '\u200e', '\u200d', ' \u2060 ']) {
      expect(line.parse(`${around}a b${around}`)).toBe('a b');
      expect(text.parse(`${around}a\nb${around}`)).toBe('a\nb');
    }
    expect(line.parse('\u202aa b\u202c')).toBe('a b');
    expect(line.parse('\u202eevil')).toBe('evil');
  });

  it('does not turn the direction of what stands beside it', () => {
    expect(line.safeParse('in\u202evoice').error?.issues.map(({ message }) => message)).toEqual([
      'must not have characters that turn the direction of text',
    ]);
    expect(text.parse('in\u202evoice \u2067a\u2069')).toBe('invoice a');
  });

  it.each(['👩‍👧', '❤️', '🏴\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}\u{e007f}', 'می‌خواهم', 'A-1_б/2', 'a\u200bb'])(
    'stays what it is otherwise: %s',
    (whole) => {
      expect(line.parse(whole)).toBe(whole);
      expect(text.parse(whole)).toBe(whole);
    },
  );

  it('is read at once where marks are heaped upon a letter', () => {
    const heap = `x${'\u0301'.repeat(100_000)}${'\u0323'.repeat(100_000)}`;
    const start = performance.now();
    expect(line.safeParse(heap).success).toBe(false);
    expect(performance.now() - start).toBeLessThan(5000);
  });
});

describe('an e-mail address', () => {
  it.each([
    [" Anna.O'Neil@example.com ", "Anna.O'Neil@example.com"],
    ['anna+shop@mail.example.com', 'anna+shop@mail.example.com'],
    ['anna@пример.рф', 'anna@xn--e1afmkfd.xn--p1ai'],
    ['anna@ПРИМЕР.рф', 'anna@xn--e1afmkfd.xn--p1ai'],
    ['anna@xn--e1afmkfd.xn--p1ai', 'anna@xn--e1afmkfd.xn--p1ai'],
    ['тест@пример.рф', 'тест@xn--e1afmkfd.xn--p1ai'],
    ['anna@йод.рф'.normalize('NFD'), 'anna@xn--d1ajp.xn--p1ai'],
    ['йод@example.com'.normalize('NFD'), 'йод@example.com'],
    ['\u200banna@example.com\u200b', 'anna@example.com'],
  ])('is %j, kept as %j', (typed, kept) => {
    expect(emailInput.parse(typed)).toBe(kept);
  });

  it.each([
    '',
    'anna',
    'пример.рф',
    '@пример.рф',
    'anna@пример',
    'anna@при мер.рф',
    'anna@пример..рф',
    'anna@@пример.рф',
    'anna@пример.рф/x',
    'anna@１.２',
    'an\u200bna@example.com',
    'an na@example.com',
    '.anna@example.com',
    'anna.@example.com',
    `${'a'.repeat(250)}@example.com`,
  ])('is not %j', (typed) => {
    expect(emailInput.safeParse(typed).success).toBe(false);
  });
});

describe('a full name', () => {
  it.each([
    [' Petrova  Anna Sergeevna ', { lastName: 'Petrova', firstName: 'Anna', patronymic: 'Sergeevna' }],
    ['Aliev Vagif Mamed ogly', { lastName: 'Aliev', firstName: 'Vagif', patronymic: 'Mamed ogly' }],
    ['Petrova Anna', { lastName: 'Petrova', firstName: 'Anna', patronymic: null }],
    ['Madonna', { lastName: 'Madonna', firstName: null, patronymic: null }],
  ])('“%s” is taken apart', (fullName, parts) => {
    expect(splitFullName(fullName)).toEqual(parts);
  });
});
