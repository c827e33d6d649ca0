import { setTimeout } from 'node:timers/promises';
import { serveHelper } from '../../src/main/processes/serveHelper';

/** A helper process for the tests of the caller. */
export interface EchoApi {
  echo(input: string): Promise<string>;
  count(input: { to: number }, onProgress?: (part: number) => void): Promise<number>;
  hang(input: Record<string, never>): Promise<void>;
  aborted(): Promise<number>;
  fail(input: { message: string }): Promise<void>;
  die(): Promise<void>;
  /** Asks for a new process after this call. */
  grow(): Promise<void>;
}

let aborted = 0;
interface EchoInit {
  prefix: string;
  /** Milliseconds until it is ready. */
  slowMs?: number;
}
serveHelper<EchoApi, EchoInit>(async ({ prefix, slowMs = 0 }, askToBeRenewed) => {
  await setTimeout(slowMs);
  return {
    echo: (input) => prefix + input,
    count: async ({ to }, onProgress) => {
      for (let index = 1; index <= to; index += 1) onProgress(index);
      return to;
    },
    hang: (_input, _onProgress, signal) =>
      new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(new Error(`aborted ${++aborted}`)))),
    aborted: () => aborted,
    fail: ({ message }) => Promise.reject(new Error(message)),
    die: () => process.exit(7),
    grow: async () => void setImmediate(askToBeRenewed),
  };
});
