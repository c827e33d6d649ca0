import { isWebSource, readWebAddress } from '@shared/model';
import { expect, it } from 'vitest';

it.each([
  ['https://example.org/a?b=c#part', 'https://example.org/a?b=c'],
  ['  http://example.org  ', 'http://example.org/'],
  ['example.org/news', 'https://example.org/news'],
  ['<https://example.org/x>', 'https://example.org/x'],
  ['192.168.1.4:8080/wiki', 'http://192.168.1.4:8080/wiki'],
  ['http://2130706433/', 'http://127.0.0.1/'],
  ['HTTPS://Example.ORG', 'https://example.org/'],
])('reads the address in %s', (text, address) => {
  expect(readWebAddress(text)).toBe(address);
});

it.each([
  '',
  'a word',
  'word',
  'ftp://example.org/',
  'file:///etc/passwd',
  'javascript:alert(1)',
  'https://me:secret@example.org/',
  'https://',
  `https://example.org/${'a'.repeat(2_000)}`,
])('takes %s for no address of a page', (text) => {
  expect(readWebAddress(text)).toBeNull();
});

it('tells the source of a page from that of a file', () => {
  expect(['https://example.org/', 'http://a/', 'https:/folder/file.md', 'paste:https://x', 'notes.md'].map(isWebSource)).toEqual([
    true,
    true,
    false,
    false,
    false,
  ]);
});
