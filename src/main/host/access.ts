import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

/** Each field has its own fallback: a port is still worth trying where the token is missing. */
const storedSchema = z.object({
  token: z.string().min(1).nullable().catch(null),
  port: z.int().min(0).max(65_535).catch(0),
  /** True while the server listens. A run that did not end cleanly leaves it true, and a file without the field counts the same. */
  open: z.boolean().catch(true),
  /** Keys of the windows that were admitted, oldest first. */
  windows: z.array(z.object({ id: z.string(), key: z.string() })).catch([]),
});
type Stored = z.infer<typeof storedSchema>;
const mostWindows = 64;

const read = (path: string): Stored => {
  const nothing: Stored = { token: null, port: 0, open: true, windows: [] };
  if (!existsSync(path)) return nothing;
  try {
    return storedSchema.catch(nothing).parse(JSON.parse(readFileSync(path, 'utf8')));
  } catch (error) {
    // The file was cut by a full disk or a crash: a new token costs other programs their access, refusing to start costs
    // everything.
    if (!(error instanceof SyntaxError)) putAside(path);
    return nothing;
  }
};

/** Moves away whatever is in the way of the new file: a folder, or a file that may not be read. */
const putAside = (path: string): void => {
  try {
    renameSync(path, `${path}.damaged-${Date.now()}`);
  } catch {
    // If moving fails, writing fails too: the token of this run is not kept.
  }
};

export interface Access {
  readonly token: string;
  /** The port of the last run; 0 for none. */
  readonly port: number;
  /** The keys of the windows; they outlive the token. */
  readonly windows: { add(id: string, key: string): void; key(id: string): string | null };
  /** Makes a new token, because another program was found on the port. */
  renew(): void;
  /** Notes that the server listens on `port`. Throws where that cannot be written. */
  save(port: number): void;
  /** Notes that the port was closed cleanly. */
  close(): void;
}

/**
 * Token and port of the last run, so that other programs keep their access. A program that sends the token to whatever answers on
 * the port would give it away to another one there. So the token is kept only after a run that ended cleanly, and only while no
 * other program is found on the port (`renew`); after a crash there is a new one. The program's own windows never send it
 * (`http/windowProof.ts`), and get the new one by their keys. Deleting the file `access.json` makes a new token and forgets the
 * windows.
 */
export const loadAccess = (dataFolder: string): Access => {
  const path = join(dataFolder, 'access.json');
  const stored = read(path);
  const fresh = (): string => randomBytes(24).toString('base64url');
  let token = stored.open ? fresh() : (stored.token ?? fresh());
  const windows = stored.windows.slice(-mostWindows);
  let listening: number | null = null;
  const write = (port: number, open: boolean): void => {
    // Written whole or not at all.
    writeFileSync(`${path}.new`, JSON.stringify({ token, port, open, windows } satisfies Stored), { mode: 0o600 });
    renameSync(`${path}.new`, path);
  };
  /** Writes where a failure on a full disk is not worth an error. */
  const tryToWrite = (open: boolean): void => {
    if (listening === null) return;
    try {
      write(listening, open);
    } catch {
      // The next start makes a new token, or does not know the window.
    }
  };
  return {
    get token() {
      return token;
    },
    port: stored.port,
    windows: {
      add: (id, key) => {
        windows.push({ id, key });
        if (windows.length > mostWindows) windows.shift();
        tryToWrite(true);
      },
      key: (wanted) => windows.find(({ id }) => id === wanted)?.key ?? null,
    },
    renew: () => {
      token = fresh();
    },
    save: (port) => {
      listening = port;
      write(port, true);
    },
    close: () => tryToWrite(false),
  };
};
