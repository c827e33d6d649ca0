import { createHmac, randomBytes } from 'node:crypto';
import { blobPath } from '@shared/wire';
import { sameToken } from './guard';

/** Addresses of originals that open without a token, for a limited time: a viewer or a download cannot send headers. */
export interface UrlSigner {
  /** A relative address, valid for some minutes and at most until the program ends. */
  sign(versionId: string): string;
  verify(versionId: string, query: URLSearchParams): boolean;
}

export const createUrlSigner = ({ now, lifetimeMs = 15 * 60_000 }: { now: () => number; lifetimeMs?: number }): UrlSigner => {
  const secret = randomBytes(32);
  const signature = (versionId: string, expires: number): string =>
    createHmac('sha256', secret).update(`${versionId}\n${expires}`).digest('base64url');
  return {
    sign: (versionId) => {
      const expires = now() + lifetimeMs;
      return `${blobPath}${versionId}?expires=${expires}&signature=${signature(versionId, expires)}`;
    },
    verify: (versionId, query) => {
      const expires = Number(query.get('expires'));
      return expires > now() && sameToken(query.get('signature'), signature(versionId, expires));
    },
  };
};
