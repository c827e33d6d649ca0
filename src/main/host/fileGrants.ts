import { randomUUID } from 'node:crypto';
import { EmergenceError } from '@shared/model';

/** One-use names for paths the person dropped or chose, so that the window never names a path itself. */
export interface FileGrants {
  issue(path: string): string;
  /** The path, once; null for a grant that was never issued or already used. */
  take(grant: string): string | null;
}

/** The paths of the grants that the window sends; a host without grants (headless) has none. Throws `not_found`. */
export const redeemGrants = (grants: FileGrants | undefined, given: readonly string[]): string[] =>
  given.map((grant) => {
    const path = grants?.take(grant);
    if (!path) throw new EmergenceError('not_found', { what: 'grant' });
    return path;
  });

/** How many files, each chosen by itself, a person may drop at once; a folder counts as one. */
export const mostGrants = 100_000;

/** Unused grants are forgotten after `limit` newer ones. */
export const createFileGrants = (limit = mostGrants): FileGrants => {
  const paths = new Map<string, string>();
  return {
    issue: (path) => {
      const grant = randomUUID();
      paths.set(grant, path);
      const oldest = paths.keys().next().value;
      if (paths.size > limit && oldest !== undefined) paths.delete(oldest);
      return grant;
    },
    take: (grant) => {
      const path = paths.get(grant) ?? null;
      paths.delete(grant);
      return path;
    },
  };
};
