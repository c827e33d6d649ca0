import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { deflateSync } from 'node:zlib';
import { createHelper } from '@main/processes/caller';
import { forkLauncher } from '@main/processes/forkLauncher';
import type { IngestApi } from '@main/processes/ingest/api';
import type { IngestInit } from '@main/processes/ingest/ingestProcess';
import { expect, onTestFinished, test } from 'vitest';
import { buildHelper } from '../../support/buildHelper';
import { temporaryFolder } from '../../support/temporaryFolder';

/** A PDF of some kilobytes whose one page unpacks to `bytes`. */
const pdfBomb = (bytes: number): Buffer => {
  const stream = deflateSync(deflateSync(Buffer.alloc(bytes, 32)));
  const head = `%PDF-1.7\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n2 0 obj\n<< /Type /Pages /Count 1 /Kids [3 0 R] >>\nendobj\n3 0 obj\n<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] /Contents 4 0 R >>\nendobj\n4 0 obj\n<< /Length ${stream.length} /Filter [/FlateDecode /FlateDecode] >>\nstream\n`;
  return Buffer.concat([Buffer.from(head), stream, Buffer.from('\nendstream\nendobj\ntrailer << /Root 1 0 R >>\n')]);
};

test('a document that eats memory outside the heap ends its process, which is there again for the next one', async () => {
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
