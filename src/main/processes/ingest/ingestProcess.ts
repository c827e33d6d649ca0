import { guardProcess, serveHelper } from '../serveHelper';
import type { IngestApi } from './api';
import { parseDocument } from './parseDocument';

/** Start-up data of the process. */
export interface IngestInit {
  /** Resident megabytes past which the process ends itself; the heap's own limit does not see buffers. */
  memoryMb: number;
}

serveHelper<IngestApi, IngestInit>(async ({ memoryMb }) => {
  guardProcess(memoryMb);
  return { parse: parseDocument };
});
