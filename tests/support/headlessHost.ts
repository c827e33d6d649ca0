import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';

export const root = resolve(import.meta.dirname, '..', '..');
const node = join(root, 'node_modules', 'node', 'bin', 'node');

/**
 * No key from the test machine's environment may reach the program, nor the switch by which a run with coverage keeps its own compiled
 * code out of a cache.
 */
export const cleanEnvironment = (): Record<string, string> =>
  Object.fromEntries(
    Object.entries(process.env).filter(
      (entry): entry is [string, string] =>
        entry[1] !== undefined &&
        !/_API_KEY$|_BASE_URL$|^EMERGENCE_TOKEN$|^ELECTRON_RUN_AS_NODE$|^NODE_DISABLE_COMPILE_CACHE$/.test(entry[0]),
    ),
  );

/** Starts the headless host and returns its process and the address it printed. */
export const startHeadless = async (
  dataFolder: string,
  flags: string[] = [],
  { open = false, env = {} }: { open?: boolean; env?: Record<string, string> } = {},
): Promise<{ child: ChildProcess; address: string }> => {
  const all = ['--data-dir', dataFolder, ...(open ? [] : ['--no-open']), ...flags];
  const child = spawn(node, [join(root, 'out', 'main', 'headless.js'), ...all], {
    env: { ...cleanEnvironment(), ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  for await (const line of createInterface({ input: child.stdout })) {
    const address = /http:\/\/127\.0\.0\.1:\d+\/#token=\S+/.exec(line)?.[0];
    if (address) {
      child.stdout.resume();
      return { child, address };
    }
  }
  throw new Error('The headless host ended before it was ready');
};

/** Resolves when the process has ended. */
export const ended = async (child: ChildProcess): Promise<void> => {
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
};
