import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/websocket';
import type { ContractRouterClient } from '@orpc/contract';
import type { Contract } from '@shared/contract';
import { socketProtocols } from '@shared/wire';
import Database from 'better-sqlite3';
import { onTestFinished } from 'vitest';
import { WebSocket } from 'ws';
import { childrenOf, ended } from './leaks';

export type Client = ContractRouterClient<Contract>;

const root = resolve(import.meta.dirname, '..', '..');
const built = join(root, 'out', 'main', 'headless.js');

export const isBuilt = existsSync(built);

/** The real headless program on a data folder, with the client of a window. */
export interface Program {
  child: ChildProcess;
  client: Client;
  origin: string;
  token: string;
  /** All its output since it was ready; its errors where they are piped. */
  said(): string;
  /** Kills the process like a power cut: nothing is closed. Resolves when it has ended. */
  kill(): Promise<void>;
  /** Stops it like Ctrl-C; resolves with the exit code, which is 0 only where it closed in time, once its helpers are gone, too. */
  stop(): Promise<number | null>;
  /** Resolves when the process has ended, for whatever reason. */
  gone: Promise<unknown>;
}

/**
 * No key from the test machine's environment may reach the program, nor the switch by which a run with coverage keeps its own compiled
 * code out of a cache.
 */
const environment = (): NodeJS.ProcessEnv =>
  Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !/_API_KEY$|_BASE_URL$|^EMERGENCE_|^NODE_DISABLE_COMPILE_CACHE$/.test(name)),
  );

const launch = (dataFolder: string, stderr: 'inherit' | 'pipe', flags: string[] = [], nodeFlags: string[] = []): ChildProcess => {
  const child = spawn(process.execPath, [...nodeFlags, built, '--data-dir', dataFolder, '--no-open', ...flags], {
    env: environment(),
    stdio: ['ignore', 'pipe', stderr],
  });
  // A test that fails half-way must leave no process.
  onTestFinished(() => void child.kill('SIGKILL'));
  return child;
};

export const startProgram = async (
  dataFolder: string,
  flags: string[] = [],
  nodeFlags: string[] = [],
  stderr: 'inherit' | 'pipe' = 'inherit',
): Promise<Program> => {
  const child = launch(dataFolder, stderr, flags, nodeFlags);
  let said = '';
  const keep = (part: Buffer): void => {
    said += part.toString();
  };
  child.stderr?.on('data', keep);
  const gone = once(child, 'exit');
  const address = await readAddress(child);
  child.stdout?.on('data', keep);
  const { origin, hash } = new URL(address);
  const token = decodeURIComponent(hash.replace('#token=', ''));
  const socket = new WebSocket(`${origin.replace('http', 'ws')}/rpc`, socketProtocols(token));
  await once(socket, 'open');
  return {
    child,
    client: createORPCClient(new RPCLink({ websocket: socket as unknown as globalThis.WebSocket })),
    origin,
    token,
    said: () => said,
    gone,
    kill: async () => {
      const helpers = childrenOf(child.pid as number);
      child.kill('SIGKILL');
      await gone;
      socket.terminate();
      await ended(helpers);
    },
    stop: async () => {
      const helpers = childrenOf(child.pid as number);
      child.kill('SIGTERM');
      const [code] = (await gone) as [number | null];
      socket.terminate();
      await ended(helpers);
      return code;
    },
  };
};

/** Starts the program where the start must fail; returns its output and exit code. */
export const startInVain = async (dataFolder: string, flags: string[] = []): Promise<{ code: number | null; said: string }> => {
  const child = launch(dataFolder, 'pipe', flags);
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (part: Buffer) => (said += part.toString()));
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, said };
};

/**
 * Asks the program to end as soon as it has printed its address, when its engine is not loaded yet, and `meanwhile` is done. Resolves
 * with the exit code.
 */
export const stopAtOnce = async (dataFolder: string, meanwhile?: (address: string) => Promise<void>): Promise<number | null> => {
  const child = launch(dataFolder, 'inherit', ['--port', '0']);
  const gone = once(child, 'exit');
  const address = await readAddress(child);
  await meanwhile?.(address);
  child.kill('SIGTERM');
  const [code] = (await gone) as [number | null];
  return code;
};

const readAddress = async (child: ChildProcess): Promise<string> => {
  if (!child.stdout) throw new Error('no output');
  for await (const line of createInterface({ input: child.stdout })) {
    const address = /http:\/\/127\.0\.0\.1:\d+\/#token=\S+/.exec(line)?.[0];
    if (!address) continue;
    child.stdout.resume();
    return address;
  }
  throw new Error('The program ended before it was ready.');
};

/** The problems of a database file that a killed process left behind; empty when it is sound. */
export const problemsOf = (path: string): unknown[] => {
  if (!existsSync(path)) return [];
  const db = new Database(path);
  try {
    const check = (db.pragma('quick_check') as { quick_check: string }[]).map((row) => row.quick_check).filter((line) => line !== 'ok');
    return [...check, ...(db.pragma('foreign_key_check') as unknown[])];
  } finally {
    db.close();
  }
};
