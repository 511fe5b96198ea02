import { z } from 'zod';
import { splitFullName } from '../../src/services/shared/text/full-name.js';
import { lineInput, secretInput, textInput } from '../../src/services/shared/text/text-input.js';

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
