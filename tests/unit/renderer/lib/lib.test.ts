import { ORPCError } from '@orpc/client';
import { isGone, toErrorRecord } from '@renderer/lib/errors';
import { safeAddress } from '@renderer/lib/externalLink';
import { createFormat, formatFor } from '@renderer/lib/format';
import { findMatches } from '@renderer/lib/highlightMatches';
import { plainText } from '@renderer/lib/plainText';
import { sharedTitles } from '@renderer/lib/sharedTitles';
import { EmergenceError } from '@shared/model';
import { describe, expect, test } from 'vitest';

test('allows only addresses for a browser or a mail program', () => {
  expect(['https://a.org/x', 'http://a.org', 'mailto:a@b.org'].map(safeAddress)).not.toContain(null);
  for (const address of ['javascript:alert(1)', 'file:///etc/passwd', 'data:text/html,x', '//a.org', '/x', 'app://x', '']) {
    expect(safeAddress(address)).toBeNull();
  }
});

test('finds a match without regard to accents and case, at its original place', () => {
  expect(findMatches('Résumé des séances', 'SEANCES')).toEqual([[11, 18]]);
  expect(findMatches('Résumé', '')).toEqual([]);
});

test('finds titles that several items share, ignoring case', () => {
  const list = [
    { id: 'a', title: 'Contracts' },
    { id: 'b', title: 'Other' },
    { id: 'c', title: 'contracts ' },
  ];
  expect(sharedTitles(list)).toEqual(new Set(['a', 'c']));
});

test('plain words of Markdown', () => {
  const text = '# Title\n\n- **bold** and `code`\n\n| A | B |\n|---|---:|\n| 1 | 2 |\n> see [here](https://x.y)';
  expect(plainText(text)).toBe('Title\nbold and code\nA, B\n1, 2\nsee here');
  expect(plainText('2 * 3 * 4 and snake_case_name')).toBe('2 * 3 * 4 and snake_case_name');
});

describe('toErrorRecord', () => {
  test('errors of the wire keep code, action and details', () => {
    const error = new ORPCError('provider.auth', { message: 'no', data: { action: 'open_provider_settings', details: { provider: 'X' } } });
    expect(toErrorRecord(error)).toEqual({
      code: 'provider.auth',
      message: 'no',
      action: 'open_provider_settings',
      details: { provider: 'X' },
    });
  });
  test('passes own errors and stored records on; unknown ones become internal', () => {
    const record = new EmergenceError('storage.full').toRecord();
    expect(toErrorRecord(new EmergenceError('storage.full'))).toEqual(record);
    expect(toErrorRecord(record)).toEqual(record);
    expect(toErrorRecord('what').code).toBe('internal');
  });
  test('distinguishes a missing object from a temporary failure', () => {
    expect([new EmergenceError('not_found'), new EmergenceError('input.invalid')].map(isGone)).toEqual([true, true]);
    expect([new EmergenceError('storage.full'), 'what', null].map(isGone)).toEqual([false, false, false]);
  });
});

describe('createFormat', () => {
  const now = new Date(2026, 10, 21, 9, 41).getTime();
  const english = createFormat('en-GB');
  const french = createFormat('fr-FR');
  test('writes a date as time today, weekday this week, then the day, then the year', () => {
    expect(english.when(now - 60_000, now)).toBe('09:40');
    expect(english.when(now - 2 * 86_400_000, now)).toBe('Thu');
    expect(english.when(now - 20 * 86_400_000, now)).toBe('1 Nov');
    expect(english.when(now - 400 * 86_400_000, now)).toMatch(/2025/);
  });
  test('distinguishes two items of the same name by the day and the time', () => {
    expect(english.whenExactly(now - 60_000, now)).toBe('09:40');
    expect(english.whenExactly(now - 86_400_000, now)).toBe('Fri 09:41');
    expect(french.whenExactly(now - 86_400_000, now)).toBe('ven. 09:41');
    expect(english.whenExactly(now - 8 * 86_400_000, now)).toBe('13 Nov, 09:41');
    expect(french.whenExactly(now - 8 * 86_400_000, now)).toMatch(/^13 nov\.,? (à )?09:41$/);
  });
  test('keeps significant figures of small costs', () => {
    expect(english.money(1_700_000)).toContain('0.0017');
    expect(english.money(0)).toContain('0.00');
    expect(english.money(12_340_000_000)).toContain('12.34');
    expect(french.money(5_200_000)).toMatch(/0,0052\s\$/);
  });
  test('makes the formats of a locale once for all components', () => {
    expect(formatFor('fr-FR')).toBe(formatFor('fr-FR'));
    expect(formatFor('fr-FR').integer(12_345)).toMatch(/^12\s345$/);
    expect(formatFor('en-GB').integer(12_345)).toBe('12,345');
  });
  test('writes sizes and times in the most readable unit, in the language', () => {
    expect(english.bytes(214_000_000)).toMatch(/214\s?MB/);
    expect(french.bytes(214_000_000)).toMatch(/214\sMo/);
    expect(english.bytes(889)).toMatch(/^889\sB$/);
    expect(french.bytes(889)).toMatch(/^889\so$/);
    expect(english.duration(900)).toMatch(/^0.9\ss$/);
    expect(french.duration(900)).toMatch(/0,9\ss/);
    expect(french.percent(0.42)).toMatch(/42\s%/);
  });
});
