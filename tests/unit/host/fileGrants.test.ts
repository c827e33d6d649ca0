import { createFileGrants } from '@main/host/fileGrants';
import { expect, test } from 'vitest';

test('accepts a grant once', () => {
  const grants = createFileGrants();
  const grant = grants.issue('/home/a/report.pdf');
  expect(grant).not.toContain('report');
  expect(grants.take(grant)).toBe('/home/a/report.pdf');
  expect(grants.take(grant)).toBeNull();
  expect(grants.take('/home/a/report.pdf')).toBeNull();
});

test('drops grants that were never used', () => {
  const grants = createFileGrants(2);
  const [first, second, third] = ['/a', '/b', '/c'].map((path) => grants.issue(path)) as [string, string, string];
  expect([grants.take(first), grants.take(second), grants.take(third)]).toEqual([null, '/b', '/c']);
});
