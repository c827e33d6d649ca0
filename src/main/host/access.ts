import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

/** Each part stands for itself: a token without a usable port is still the token other programs know. */
const storedSchema = z.object({ token: z.string().min(1).nullable().catch(null), port: z.int().min(0).max(65_535).catch(0) });
type Stored = z.infer<typeof storedSchema>;

const read = (path: string): Stored => {
  const nothing: Stored = { token: null, port: 0 };
  if (!existsSync(path)) return nothing;
  try {
    return storedSchema.catch(nothing).parse(JSON.parse(readFileSync(path, 'utf8')));
  } catch (error) {
    // Cut by a full disk or a crash: a new token costs other programs their access, refusing to start costs everything.
    if (error instanceof SyntaxError) return nothing;
    throw error;
  }
};

/**
 * Token and port of the last run, so that an open page finds the program again after a restart, and other programs keep
 * their access. Deleting the file `access.json` makes new ones.
 */
export const loadAccess = (dataFolder: string): { token: string; port: number; save(port: number): void } => {
  const path = join(dataFolder, 'access.json');
  const stored = read(path);
  const token = stored.token ?? randomBytes(24).toString('base64url');
  return {
    token,
    port: stored.port,
    save: (port) => {
      // Whole or not at all.
      writeFileSync(`${path}.new`, JSON.stringify({ token, port }), { mode: 0o600 });
      renameSync(`${path}.new`, path);
    },
  };
};
