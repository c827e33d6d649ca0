import { Worker } from 'node:worker_threads';

const checkMs = 200;

/**
 * Ends this process when its resident memory passes `memoryMb`. The watch runs in a thread of its own, since a parser
 * that eats memory seldom gives the event loop a turn.
 */
export const startMemoryGuard = (memoryMb: number): void => {
  const source = `
    setInterval(() => {
      if (process.memoryUsage.rss() > ${Math.round(memoryMb)} * 1048576) process.kill(process.pid, 'SIGKILL');
    }, ${checkMs});`;
  new Worker(source, { eval: true }).unref();
};
