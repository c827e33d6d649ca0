import { closeSync, existsSync, fstatSync, mkdirSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';

export interface LogFile {
  write(line: string): void;
  close(): void;
}

/**
 * `emergence.log` in `folder`, turned over to `emergence.1.log`, `emergence.2.log` ... at `maxBytes`; `files` are kept.
 * Lines are written at once: there are few, and the last ones before a crash are those that matter.
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
  mkdirSync(folder, { recursive: true });
  const name = (age: number): string => join(folder, age === 0 ? 'emergence.log' : `emergence.${age}.log`);
  const open = (): number => openSync(name(0), 'a', 0o600);
  let descriptor = open();
  let size = fstatSync(descriptor).size;

  const turnOver = (): void => {
    closeSync(descriptor);
    rmSync(name(files - 1), { force: true });
    for (let age = files - 2; age >= 0; age -= 1) if (existsSync(name(age))) renameSync(name(age), name(age + 1));
    descriptor = open();
    size = 0;
  };

  return {
    write: (line) => {
      const bytes = Buffer.byteLength(line);
      if (size > 0 && size + bytes > maxBytes) turnOver();
      writeSync(descriptor, line);
      size += bytes;
    },
    close: () => closeSync(descriptor),
  };
};
