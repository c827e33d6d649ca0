import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/websocket';
import type { ContractRouterClient } from '@orpc/contract';
import type { Contract } from '@shared/contract';
import { newId } from '@shared/model';
import { rpcPath, socketProtocols } from '@shared/wire';
import { WebSocket } from 'ws';

export interface Program {
  /** With its token. */
  address: string;
  origin: string;
  token: string;
  dataFolder: string;
  client: ContractRouterClient<Contract>;
  child: ChildProcess;
  /** Milliseconds from its start until it reported that it is ready. */
  readyMs: number;
  /** Adds an account with the scripted models; returns its id. */
  addModels(baseUrl: string, models: readonly string[]): Promise<string>;
  stop(): Promise<void>;
}

let checkout = resolve('.');

/** Starts the program of another built checkout from now on. */
export const measureBuildOf = (folder: string): void => {
  checkout = resolve(folder);
};

/**
 * Starts the built program on the headless host, on a folder of its own or the given one. `atReady` runs before the bench makes calls
 * of its own.
 */
export const startProgram = async (folder?: string, atReady?: (address: string) => Promise<void>): Promise<Program> => {
  const entry = join(checkout, 'out', 'main', 'headless.js');
  if (!existsSync(entry)) throw new Error(`The bench measures the built program: run \`npm run build\` in ${checkout} first.`);
  const dataFolder = folder ?? mkdtempSync(join(tmpdir(), 'emergence-bench-'));
  const started = performance.now();
  const child = spawn(process.execPath, [entry, '--data-dir', dataFolder, '--no-open', '--port', '0'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const address = await addressOf(child);
  const readyMs = performance.now() - started;
  await atReady?.(address);
  const { origin, hash } = new URL(address);
  const token = decodeURIComponent(hash.slice('#token='.length));
  const socket = new WebSocket(origin.replace('http', 'ws') + rpcPath, socketProtocols(token));
  await once(socket, 'open');
  const client: Program['client'] = createORPCClient(new RPCLink({ websocket: socket as unknown as globalThis.WebSocket }));
  // Builds before the settings had groups take them flat.
  const isGrouped = 'providers' in (await client.settings.get());
  const quiet = isGrouped
    ? { providers: { detectLocal: false }, conversations: { modelTitles: false } }
    : { detectLocal: false, modelTitles: false };
  await client.settings.update(quiet as Parameters<typeof client.settings.update>[0]);
  return {
    address,
    origin,
    token,
    dataFolder,
    client,
    child,
    readyMs,
    addModels: async (baseUrl, models) => {
      const { id } = await client.providers.add({ id: newId(), preset: 'custom', baseUrl, key: 'bench' });
      const known = models.map((model) => ({
        id: model,
        name: model,
        contextTokens: 32_000,
        priceInput: null,
        priceOutput: null,
        priceCached: null,
        pricedAt: null,
      }));
      await client.providers.update({ id, models: known, defaultModel: models[0] ?? null });
      return id;
    },
    stop: async () => {
      socket.close();
      child.kill('SIGTERM');
      if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
      if (!folder) rmSync(dataFolder, { recursive: true, force: true, maxRetries: 5 });
    },
  };
};

const addressOf = async (child: ChildProcess): Promise<string> => {
  if (!child.stdout) throw new Error('The program has no output');
  for await (const line of createInterface({ input: child.stdout })) {
    const address = /http:\/\/127\.0\.0\.1:\d+\/#token=\S+/.exec(line)?.[0];
    if (address) {
      child.stdout.resume();
      return address;
    }
  }
  throw new Error('The program ended before it was ready');
};

/** Resident memory of a process and of its children in MB, by name. */
export const residentMemory = (pid: number): { name: string; megabytes: number }[] => {
  const lines = execFileSync('ps', ['-A', '-o', 'pid=,ppid=,rss=,args='], { encoding: 'utf8' }).trim().split('\n');
  return lines.flatMap((line) => {
    const [, own, parent, kilobytes, args] = /^\s*(\d+)\s+(\d+)\s+(\d+)\s+(.*)$/.exec(line) ?? [];
    if (Number(own) !== pid && Number(parent) !== pid) return [];
    if (args?.startsWith('ps ')) return [];
    const name = Number(own) === pid ? 'main' : (/(search|ingest)/.exec(args ?? '')?.[1] ?? 'other');
    return [{ name, megabytes: Number(kilobytes) / 1024 }];
  });
};

/** Waits until the process that reads documents has ended, as it does when it has no work; false when it is still there after a while. */
export const readerEnded = async ({ child }: Program, mostMs = 60_000): Promise<boolean> => {
  const until = performance.now() + mostMs;
  while (performance.now() < until) {
    if (!residentMemory(child.pid ?? 0).some(({ name }) => name === 'ingest')) return true;
    await new Promise((wait) => setTimeout(wait, 500));
  }
  return false;
};

/** Waits until no document is being parsed or indexed. */
export const settled = async ({ client }: Program): Promise<void> => {
  for (;;) {
    const jobs = await client.library.jobs();
    if (!jobs.some(({ state }) => state === 'queued' || state === 'running')) return;
    await new Promise((wait) => setTimeout(wait, 100));
  }
};
