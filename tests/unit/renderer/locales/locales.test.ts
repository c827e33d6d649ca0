import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { errorKey } from '@renderer/lib/useErrorText';
import { errorActions, errorCodes, unsupportedKinds } from '@shared/model';
import { describe, expect, test } from 'vitest';

const folder = 'src/renderer/locales';
const namespaces = readdirSync(join(folder, 'en')).filter((name) => name.endsWith('.json'));
type Texts = { [key: string]: string | Texts };
const read = (language: string, name: string): Texts => JSON.parse(readFileSync(join(folder, language, name), 'utf8'));
const flatten = (texts: Texts, prefix = ''): [string, string][] =>
  Object.entries(texts).flatMap(([key, value]): [string, string][] =>
    typeof value === 'string' ? [[prefix + key, value]] : flatten(value, `${prefix}${key}.`),
  );
const placeholders = (text: string): string[] => [...text.matchAll(/\{\{\s*([\w.]+)[^}]*\}\}/g)].map((match) => match[1] ?? '').sort();

test('both languages have the same files', () => {
  expect(readdirSync(join(folder, 'fr')).sort()).toEqual(readdirSync(join(folder, 'en')).sort());
});

describe.each(namespaces)('%s', (name) => {
  const english = new Map(flatten(read('en', name)));
  const french = new Map(flatten(read('fr', name)));

  test('has the same keys in both languages', () => {
    // Languages have different plurals: French counts whole millions by another form.
    const plain = (keys: Iterable<string>): string[] =>
      [...new Set([...keys].map((key) => key.replace(/_(one|many|other)$/, '_plural')))].sort();
    expect(plain(french.keys())).toEqual(plain(english.keys()));
  });

  test('states the same facts in both languages', () => {
    for (const [key, text] of english) {
      // One plural form may omit the count; otherwise all have the same placeholders.
      const rest = (value: string): string[] =>
        placeholders(value).filter((placeholder) => placeholder !== 'count' && placeholder !== 'title');
      expect({ key, placeholders: rest(french.get(key) ?? '') }).toEqual({ key, placeholders: rest(text) });
    }
  });

  test('writes counts as numbers of the language, and French has a form for millions', () => {
    const counts = [...english, ...french].filter(([, text]) => /\{\{\s*count\s*\}\}/.test(text)).map(([key]) => key);
    expect(counts).toEqual([]);
    const plurals = [...french.keys()].filter((key) => key.endsWith('_other')).map((key) => key.replace(/_other$/, ''));
    expect(plurals.filter((key) => !french.has(`${key}_many`) || !french.has(`${key}_one`))).toEqual([]);
  });

  test('end like a sentence where they have several', () => {
    const open = [...english, ...french].filter(([, text]) => /[.!?]\s+\S/.test(text) && !/[.…:!?»”}]$/.test(text));
    expect(open).toEqual([]);
  });

  test('French typography: no plain space before ; ? ! : % and inside guillemets', () => {
    const wrong = [...french].filter(([, text]) => / [;?!:%»]|« /.test(text.replace(/\{\{[^}]*\}\}/g, 'x')));
    expect(wrong).toEqual([]);
  });
});

test('has words for every error and every action', () => {
  const texts = new Map(flatten(read('en', 'errors.json')));
  expect(errorCodes.filter((code) => !texts.has(`codes.${code}`))).toEqual([]);
  expect(errorActions.filter((action) => !texts.has(`actions.${action}`))).toEqual([]);
});

test.each(['en', 'fr'])('names the kind of a refused file and the next step: %s', (language) => {
  const texts = new Map(flatten(read(language, 'errors.json')));
  const keys = unsupportedKinds.map((kind) => errorKey({ code: 'document.unsupported', details: { kind } }));
  for (const key of keys) expect(texts.get(key) ?? '', key).toMatch(/^\S.*\. \S.*\.$/);
  expect(new Set(keys.map((key) => texts.get(key))).size).toBe(keys.length);
  // Values stored by an older version, or by another error with a kind.
  expect(errorKey({ code: 'document.unsupported', details: { kind: 'hologram' } })).toBe('codes.document.unsupported');
  expect(texts.has(errorKey({ code: 'provider.interrupted', details: { reason: 'length' } }))).toBe(true);
  expect(errorKey({ code: 'not_found', details: { kind: 'image' } })).toBe('codes.not_found');
});
