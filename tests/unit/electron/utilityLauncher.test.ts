import { EventEmitter } from 'node:events';
import { utilityLauncher } from '@main/electron/utilityLauncher';
import { expect, test, vi } from 'vitest';

const child = vi.hoisted(() => ({ current: null as EventEmitter | null }));
const forked = vi.hoisted(() => ({ options: null as { env?: Record<string, string> } | null }));
vi.mock('electron', () => ({
  utilityProcess: {
    fork: (_path: string, _args: string[], options: { env?: Record<string, string> }) => {
      forked.options = options;
      return child.current;
    },
  },
}));

/** The exit codes that the caller gets for an end of the process. */
const told = (status: number): (number | null)[] => {
  child.current = new EventEmitter();
  const codes: (number | null)[] = [];
  utilityLauncher('helper.js', { name: 'ingest', memoryMb: 512 }).onExit((code) => codes.push(code));
  child.current.emit('exit', status);
  child.current.emit('exit', status);
  return codes;
};

test.skipIf(process.platform === 'win32')('reports an end once, like the headless host: null when killed, 134 for a full heap', () => {
  expect([0, 1, 9, 137, 6, 134].map(told)).toEqual([[0], [1], [null], [null], [134], [134]]);
});

test('a fatal error of the process is no error of the program', () => {
  child.current = new EventEmitter();
  utilityLauncher('helper.js', { name: 'search' });
  expect(() => child.current?.emit('error', 'FatalError', 'somewhere', '{}')).not.toThrow();
});

test('passes no key and no token from the environment', () => {
  vi.stubEnv('OPENAI_API_KEY', 'canary');
  vi.stubEnv('EMERGENCE_SECRET_KEY', 'canary');
  child.current = new EventEmitter();
  utilityLauncher('helper.js', { name: 'search' });
  vi.unstubAllEnvs();
  expect(forked.options?.env).toBeDefined();
  expect(JSON.stringify(forked.options?.env)).not.toContain('canary');
});
