import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { WritableDb } from '@main/store/database';
import { percentile } from '../quality/metrics';
import type { Baseline } from './figures';
import { residentMemory } from './program';
import { machineBaseline } from './searchBench';

/** Ten million multiplications and additions. */
export const cpuLoop = (): Baseline => ({ what: 'CPU loop', unit: 'ms', value: machineBaseline() });

/** A thousand reads of a row by its key, in a table of the same database. */
export const keyReads = (db: WritableDb, table: string, ids: readonly (string | number)[]): Baseline => {
  const read = db.prepare(`SELECT * FROM ${table} WHERE id = ?`);
  const started = performance.now();
  for (const id of ids) read.get(id);
  return { what: '1,000 reads by key', unit: 'ms', value: ((performance.now() - started) / ids.length) * 1_000 };
};

/** An empty program of Node, from start to end. */
export const emptyProcess = async (): Promise<Baseline> => {
  const times: number[] = [];
  for (let run = 0; run < 5; run += 1) {
    const started = performance.now();
    await once(spawn(process.execPath, ['-e', '0'], { stdio: 'ignore' }), 'exit');
    times.push(performance.now() - started);
  }
  return { what: 'empty Node process', unit: 'ms', value: percentile(times, 0.5) };
};

/** Resident memory of an idle Node. */
export const emptyMemory = async (): Promise<Baseline> => {
  const child = spawn(process.execPath, ['-e', 'console.log(1); setInterval(() => {}, 1000)'], { stdio: ['ignore', 'pipe', 'ignore'] });
  if (child.stdout) await once(child.stdout, 'data');
  const value = residentMemory(child.pid ?? 0)[0]?.megabytes ?? Number.NaN;
  child.kill();
  return { what: 'empty Node process', unit: 'MB', value };
};

/** Events through a bare loopback server: from the write to the read of the same bytes, without a program in between. */
export const bareEvents = async (events = 200): Promise<Baseline> => {
  const server = createServer((_request, response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    let sent = 0;
    const timer = setInterval(() => {
      if (sent === events) {
        clearInterval(timer);
        response.end();
      } else response.write(`data: ${performance.now()}\n\n`);
      sent += 1;
    }, 2);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const delays: number[] = [];
  const response = await fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
  const decoder = new TextDecoder();
  for await (const chunk of response.body ?? []) {
    const now = performance.now();
    for (const [, at] of decoder.decode(chunk).matchAll(/data: ([\d.]+)/g)) delays.push(now - Number(at));
  }
  server.close();
  return { what: 'bare event stream, p50', unit: 'ms', value: percentile(delays, 0.5) };
};

/** A POST to a bare loopback server: from the call to its arrival there. */
export const barePost = async (posts = 50): Promise<Baseline> => {
  let arrived = 0;
  const server = createServer((request, response) => {
    arrived = performance.now();
    request.resume().on('end', () => response.end('{}'));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const delays: number[] = [];
  for (let post = 0; post < posts; post += 1) {
    const started = performance.now();
    await (await fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`, { method: 'POST', body: '{}' })).text();
    delays.push(arrived - started);
  }
  server.close();
  return { what: 'bare POST, p50', unit: 'ms', value: percentile(delays, 0.5) };
};
