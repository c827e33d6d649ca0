import { constants, setPriority } from 'node:os';
import { guardProcess, serveHelper } from '../serveHelper';
import type { EncodeApi, EncodeInit } from './api';
import { openE5Encoder } from './e5Encoder';

/** Threads that begin later inherit the priority, so it is set before anything else. */
const standBack = (): void => {
  try {
    setPriority(constants.priority.PRIORITY_LOW);
  } catch (error) {
    console.error('The priority could not be lowered:', error instanceof Error ? error.message : error);
  }
};

serveHelper<EncodeApi, EncodeInit>(async ({ folder, inBackground }) => {
  if (inBackground) standBack();
  guardProcess();
  const encoder = await openE5Encoder(folder);
  return { encode: ({ text, as }) => encoder.encode(text, as) };
});
