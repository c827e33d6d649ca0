import { join, resolve } from 'node:path';
import { defaultDataFolder, readCommandLine } from '@main/host/commandLine';
import { expect, test } from 'vitest';

test('prefers flags to the environment', () => {
  expect(readCommandLine(['--port', '0', '--data-dir', 'here', '--token', 'abc', '--no-open'], { EMERGENCE_TOKEN: 'other' })).toEqual({
    port: 0,
    dataFolder: resolve('here'),
    token: 'abc',
    tokenIsVisible: true,
    open: false,
    restore: null,
    startEmpty: false,
  });
  expect(readCommandLine(['--token=abc=def'], {}).token).toBe('abc=def');
  expect(readCommandLine(['--restore', 'emergence-1-daily.db'], {}).restore).toBe('emergence-1-daily.db');
  expect(readCommandLine(['--start-empty'], {}).startEmpty).toBe(true);
  expect(readCommandLine([], { EMERGENCE_TOKEN: 'other' })).toMatchObject({
    port: null,
    token: 'other',
    tokenIsVisible: false,
    open: true,
  });
});

test.each([
  [['--port', 'http'], '--port http'],
  [['--port', '70000'], '--port 70000'],
  [['--token', 'with space'], 'without spaces'],
  [['--colour'], "Unknown option '--colour'. Flags: --headless, --port NUMBER"],
  [['notes.md'], "Unexpected argument 'notes.md'. Flags:"],
  [['--port'], "Option '--port <value>' argument missing. Flags:"],
  [['--token', '--port', '1'], "Option '--token' argument is ambiguous. Flags:"],
])('refuses %j with words', (args, words) => {
  expect(() => readCommandLine(args, {})).toThrow(words);
});

test("ignores Electron's own switches and Playwright's", () => {
  const args = ['-r', '/tmp/loader.js', '--inspect=0', '--remote-debugging-port=0', '.', '--no-sandbox', '--data-dir', '/tmp/data'];
  expect(readCommandLine(args, {}, false)).toMatchObject({ dataFolder: resolve('/tmp/data'), port: null });
});

test('puts data where programs of the system keep it', () => {
  expect(defaultDataFolder('linux', {}, '/home/a')).toBe(join('/home/a', '.local', 'share', 'emergence'));
  expect(defaultDataFolder('linux', { XDG_DATA_HOME: '/data' }, '/home/a')).toBe(join('/data', 'emergence'));
  expect(defaultDataFolder('darwin', {}, '/Users/a')).toBe(join('/Users/a', 'Library', 'Application Support', 'Emergence'));
  expect(defaultDataFolder('win32', { APPDATA: 'C:\\R' }, 'C:\\U')).toBe(join('C:\\R', 'Emergence'));
});
