import { readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadAccess } from '@main/host/access';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../../support/temporaryFolder';

test('token and port are kept, readable by the person only', () => {
  const folder = temporaryFolder();
  const first = loadAccess(folder);
  expect(first.port).toBe(0);
  expect(first.token).toMatch(/^[\w-]{32}$/);
  first.save(4242);
  expect(loadAccess(folder)).toMatchObject({ token: first.token, port: 4242 });
  if (process.platform !== 'win32') expect(statSync(join(folder, 'access.json')).mode & 0o077).toBe(0);
  expect(loadAccess(temporaryFolder()).token).not.toBe(first.token);
});

test.each(['', '{"token":', 'null', '[]'])('a file that a full disk or a crash cut to %j is made anew', (left) => {
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'access.json'), left);
  const access = loadAccess(folder);
  expect(access.token).toMatch(/^[\w-]{32}$/);
  access.save(4242);
  expect(loadAccess(folder)).toMatchObject({ token: access.token, port: 4242 });
  expect(readdirSync(folder)).toEqual(['access.json']);
});
