import { closeSync, existsSync, fstatSync, mkdirSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';

export interface LogFile {
  write(line: string): void;
  close(): void;
}

/**
 * Writes `emergence.log` in `folder`, rotated to `emergence.1.log`, `emergence.2.log` ... at `maxBytes`; `files` are kept. Lines
 * are written at once: there are few, and the last ones before a crash matter most. A line that cannot be written (a full disk) is
 * lost, since logging is part of the very code that handles a full disk and must not break it.
 */
export const createLogFile = ({
  folder,
  maxBytes = 5_000_000,
  files = 5,
}: {
  folder: string;
  maxBytes?: number;
  files?: number;
}): LogFile => {
  const name = (age: number): string => join(folder, age === 0 ? 'emergence.log' : `emergence.${age}.log`);
  let descriptor: number | null = null;
  let size = 0;
  const open = (): number => {
    mkdirSync(folder, { recursive: true });
    const opened = openSync(name(0), 'a', 0o600);
    size = fstatSync(opened).size;
    return opened;
  };

  const close = (): void => {
    const open = descriptor;
    descriptor = null;
    if (open !== null) closeSync(open);
  };
  const turnOver = (): void => {
    close();
    rmSync(name(files - 1), { force: true });
    for (let age = files - 2; age >= 0; age -= 1) if (existsSync(name(age))) renameSync(name(age), name(age + 1));
    size = 0;
  };

  let closed = false;
  return {
    write: (line) => {
      if (closed) return;
      const bytes = Buffer.byteLength(line);
      try {
        descriptor ??= open();
        if (size > 0 && size + bytes > maxBytes) {
          turnOver();
          descriptor = open();
        }
        writeSync(descriptor, line);
        size += bytes;
      } catch {
        // Lost, as explained above.
      }
    },
    close: () => {
      closed = true;
      close();
    },
  };
};
