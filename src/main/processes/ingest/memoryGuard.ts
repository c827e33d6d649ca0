import { Worker } from 'node:worker_threads';

const checkMs = 200;

/**
 * Ends this process when its resident memory passes `memoryMb`, or when its parent is gone. The watch runs in a thread of
 * its own: a parser that eats memory, or loops, gives the event loop no turn, and would not hear the channel close.
 */
export const startMemoryGuard = (memoryMb: number): void => {
  const source = `
    const parent = process.ppid;
    setInterval(() => {
      if (process.memoryUsage.rss() > ${Math.round(memoryMb)} * 1048576 || process.ppid !== parent) process.kill(process.pid, 'SIGKILL');
    }, ${checkMs});`;
  new Worker(source, { eval: true }).unref();
};
