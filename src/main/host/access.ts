import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Token and port of the last run, so that an open page finds the program again after a restart, and other programs keep
 * their access. Deleting the file `access.json` makes new ones.
 */
export const loadAccess = (dataFolder: string): { token: string; port: number; save(port: number): void } => {
  const path = join(dataFolder, 'access.json');
  const stored = existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as { token?: unknown; port?: unknown }) : {};
  const token = typeof stored.token === 'string' ? stored.token : randomBytes(24).toString('base64url');
  return {
    token,
    port: typeof stored.port === 'number' ? stored.port : 0,
    save: (port) => writeFileSync(path, JSON.stringify({ token, port }), { mode: 0o600 }),
  };
};
