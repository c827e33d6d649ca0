import { readFile } from 'node:fs/promises';
import { guardProcess, serveHelper } from '../serveHelper';
import type { IngestApi } from './api';
import { parseDocument } from './parseDocument';
import { readingsOf } from './readings';

/** Start-up data of the process. */
export interface IngestInit {
  /** The process ends itself when its resident memory exceeds this many megabytes; the limit of the heap ignores buffers. */
  memoryMb: number;
}

serveHelper<IngestApi, IngestInit>(async ({ memoryMb }) => {
  guardProcess(memoryMb);
  return { parse: parseDocument, readings: async ({ path }) => readingsOf(await readFile(path)) };
});
