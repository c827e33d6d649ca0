import { serveHelper } from '../caller';
import type { IngestApi } from './api';
import { startMemoryGuard } from './memoryGuard';
import { parseDocument } from './parseDocument';

/** Start-up data of the process. */
export interface IngestInit {
  /** Resident megabytes past which the process ends itself; the heap's own limit does not see buffers. */
  memoryMb: number;
}

serveHelper<IngestApi, IngestInit>(async ({ memoryMb }) => {
  startMemoryGuard(memoryMb);
  return { parse: parseDocument };
});
