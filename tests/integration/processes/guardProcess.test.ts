import { fork } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { deflateSync } from 'node:zlib';
import { createHelper } from '@main/processes/caller';
import { forkLauncher } from '@main/processes/forkLauncher';
import type { IngestApi } from '@main/processes/ingest/api';
import type { IngestInit } from '@main/processes/ingest/ingestProcess';
import { expect, onTestFinished, test, vi } from 'vitest';
import { buildHelper } from '../../support/buildHelper';
import { temporaryFolder } from '../../support/temporaryFolder';

/** A PDF of some kilobytes whose one page unpacks to `bytes`. */
const pdfBomb = (bytes: number): Buffer => {
  const stream = deflateSync(deflateSync(Buffer.alloc(bytes, 32)));
  const head = `%PDF-1.7\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n2 0 obj\n<< /Type /Pages /Count 1 /Kids [3 0 R] >>\nendobj\n3 0 obj\n<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] /Contents 4 0 R >>\nendobj\n4 0 obj\n<< /Length ${stream.length} /Filter [/FlateDecode /FlateDecode] >>\nstream\n`;
  return Buffer.concat([Buffer.from(head), stream, Buffer.from('\nendstream\nendobj\ntrailer << /Root 1 0 R >>\n')]);
};

test('ends the process on a document that eats memory outside the heap, and serves the next', async () => {
  const path = await buildHelper('src/main/processes/ingest/ingestProcess.ts', 'ingest-guard');
  const helper = createHelper<IngestApi>({
    name: 'ingest',
    log: { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} },
    launch: () => forkLauncher(path, { name: 'ingest', memoryMb: 256 }),
    init: (): IngestInit => ({ memoryMb: 300 }),
  });
  onTestFinished(() => helper.stop());
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'bomb'), pdfBomb(500_000_000));
  writeFileSync(join(folder, 'next'), 'Words of the next document.');
  await expect(helper.call('parse', { path: join(folder, 'bomb'), fileName: 'a.pdf' })).rejects.toMatchObject({ code: 'process.died' });
  expect((await helper.call('parse', { path: join(folder, 'next'), fileName: 'a.txt' })).text).toBe('Words of the next document.');
}, 60_000);

/** A Markdown text of three million headings: markdown-it reads it in one go, for many seconds. */
const busyText = (): string => '# a\n'.repeat(3_000_000);

test('gives up a document that keeps its process silent, with its error, and parses the next', async () => {
  const path = await buildHelper('src/main/processes/ingest/ingestProcess.ts', 'ingest-silent');
  const helper = createHelper<IngestApi>({
    name: 'ingest',
    log: { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} },
    launch: () => forkLauncher(path, { name: 'ingest', memoryMb: 1024 }),
    init: (): IngestInit => ({ memoryMb: 1536 }),
    silenceMs: 1_500,
  });
  onTestFinished(() => helper.stop());
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'busy'), busyText());
  writeFileSync(join(folder, 'next'), 'Words of the next document.');
  await expect(
    helper.call('parse', { path: join(folder, 'busy'), fileName: 'a.md' }, { silenceCode: 'document.time_limit' }),
  ).rejects.toMatchObject({ code: 'document.time_limit' });
  expect((await helper.call('parse', { path: join(folder, 'next'), fileName: 'a.txt' })).text).toBe('Words of the next document.');
}, 60_000);

test('ends a process whose parent is gone, even while a document keeps it busy', async () => {
  const path = await buildHelper('src/main/processes/ingest/ingestProcess.ts', 'ingest-orphan');
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'busy.md'), busyText());
  writeFileSync(
    join(folder, 'parent.mjs'),
    `import { fork } from 'node:child_process';
     const child = fork(process.argv[2], [], { serialization: 'advanced', stdio: 'ignore' });
     let unanswered = 0;
     child.on('message', ({ kind }) => {
       if (kind === 'pong') unanswered = 0;
       if (kind !== 'ready') return;
       child.send({ kind: 'call', id: 1, method: 'parse', input: { path: process.argv[3], fileName: 'busy.md' } });
       // The document keeps the process busy once its event loop answers no ping.
       const pulse = setInterval(() => {
         child.send({ kind: 'ping' });
         unanswered += 1;
         if (unanswered < 6) return;
         clearInterval(pulse);
         process.send(child.pid);
       }, 100);
     });
     child.send({ kind: 'init', data: { memoryMb: 4000 } });`,
  );
  const parent = fork(join(folder, 'parent.mjs'), [path, join(folder, 'busy.md')], { stdio: 'ignore' });
  const pid = await new Promise<number>((resolve) => parent.once('message', (message) => resolve(message as number)));
  const isGone = (): boolean => {
    try {
      return !process.kill(pid, 0);
    } catch {
      return true;
    }
  };
  onTestFinished(() => void (isGone() || process.kill(pid, 'SIGKILL')));
  parent.kill('SIGKILL');
  await vi.waitFor(() => expect(isGone()).toBe(true), { timeout: 20_000 });
}, 60_000);
