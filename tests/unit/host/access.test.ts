import { chmodSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadAccess } from '@main/host/access';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../../support/temporaryFolder';

test('keeps token and port over a clean end, readable by the person only', () => {
  const folder = temporaryFolder();
  const first = loadAccess(folder);
  expect(first.port).toBe(0);
  expect(first.token).toMatch(/^[\w-]{32}$/);
  first.save(4242);
  first.close();
  expect(loadAccess(folder)).toMatchObject({ token: first.token, port: 4242 });
  if (process.platform !== 'win32') expect(statSync(join(folder, 'access.json')).mode & 0o077).toBe(0);
  expect(loadAccess(temporaryFolder()).token).not.toBe(first.token);
});

test('makes a new token after a run without a clean end, and keeps port and windows', () => {
  const folder = temporaryFolder();
  const first = loadAccess(folder);
  first.save(4242);
  first.windows.add('window-1', 'key-1');
  const second = loadAccess(folder);
  expect(second.token).not.toBe(first.token);
  expect([second.port, second.windows.key('window-1'), second.windows.key('window-2')]).toEqual([4242, 'key-1', null]);
  // From a release that did not store how it ended.
  writeFileSync(join(folder, 'access.json'), JSON.stringify({ token: first.token, port: 4242 }));
  expect(loadAccess(folder)).toMatchObject({ port: 4242 });
  expect(loadAccess(folder).token).not.toBe(first.token);
});

test('makes and keeps a new token where another program has the port', () => {
  const folder = temporaryFolder();
  const first = loadAccess(folder);
  first.save(4242);
  first.close();
  const second = loadAccess(folder);
  second.renew();
  expect(second.token).not.toBe(first.token);
  second.save(4243);
  second.close();
  expect(loadAccess(folder)).toMatchObject({ token: second.token, port: 4243 });
});

test('forgets the oldest windows first', () => {
  const folder = temporaryFolder();
  const access = loadAccess(folder);
  access.save(1);
  for (let index = 0; index < 70; index += 1) access.windows.add(`w${index}`, `k${index}`);
  const { windows } = loadAccess(folder);
  expect(['w0', 'w5', 'w6', 'w69'].map(windows.key)).toEqual([null, null, 'k6', 'k69']);
});

test.each(['', '{"token":', 'null', '[]', '{"token":7,"port":"x","open":"no","windows":{}}'])(
  'replaces a file that a full disk or a crash cut to %j',
  (left) => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'access.json'), left);
    const access = loadAccess(folder);
    expect(access.token).toMatch(/^[\w-]{32}$/);
    access.save(4242);
    access.close();
    expect(loadAccess(folder)).toMatchObject({ token: access.token, port: 4242 });
    expect(readdirSync(folder)).toEqual(['access.json']);
  },
);

test('moves an unreadable file or folder away and starts', () => {
  const folder = temporaryFolder();
  mkdirSync(join(folder, 'access.json', 'inside'), { recursive: true });
  const access = loadAccess(folder);
  access.save(4242);
  expect(JSON.parse(readFileSync(join(folder, 'access.json'), 'utf8'))).toMatchObject({ token: access.token, port: 4242 });
  expect(readdirSync(folder).some((name) => name.startsWith('access.json.damaged-'))).toBe(true);
  if (process.platform === 'win32' || process.getuid?.() === 0) return;
  chmodSync(join(folder, 'access.json'), 0);
  loadAccess(folder).save(4243);
  expect(loadAccess(folder).port).toBe(4243);
});
