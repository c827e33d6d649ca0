import { textToRemember } from '@renderer/conversation/rememberCommand';
import { expect, test } from 'vitest';

test('takes the text after the command in either language, and leaves every other draft alone', () => {
  expect(textToRemember('/remember I live in Lyon ')).toBe('I live in Lyon');
  expect(textToRemember('/Retenir\nle train de 8 h')).toBe('le train de 8 h');
  expect(textToRemember('/remember')).toBe('');
  expect(['/rememberable', 'remember this', ' /remember x', 'see /remember x', ''].map(textToRemember)).toEqual(Array(5).fill(null));
});
