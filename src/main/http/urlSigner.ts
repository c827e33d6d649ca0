import { createHmac, randomBytes } from 'node:crypto';
import { type BlobOwner, blobOwnerSchema } from '@shared/model';
import { blobPath } from '@shared/wire';
import { sameToken } from './guard';

/** Addresses of originals that open without a token, for a limited time: a viewer or a download cannot send headers. */
export interface UrlSigner {
  /** A relative address, valid for some minutes and at most until the program ends. */
  sign(owner: BlobOwner): string;
  /** The owner that a signed address names; null when the signature is wrong or too old. */
  verify(address: URL): BlobOwner | null;
}

export const createUrlSigner = ({ now, lifetimeMs = 15 * 60_000 }: { now: () => number; lifetimeMs?: number }): UrlSigner => {
  const secret = randomBytes(32);
  const signature = (place: string, expires: number): string =>
    createHmac('sha256', secret).update(`${place}\n${expires}`).digest('base64url');
  return {
    sign: ({ kind, id }) => {
      const expires = now() + lifetimeMs;
      const place = `${kind}/${id}`;
      return `${blobPath}${place}?expires=${expires}&signature=${signature(place, expires)}`;
    },
    verify: ({ pathname, searchParams }) => {
      const place = pathname.slice(blobPath.length);
      const expires = Number(searchParams.get('expires'));
      if (!(expires > now()) || !sameToken(searchParams.get('signature'), signature(place, expires))) return null;
      const [kind, id] = place.split('/');
      return blobOwnerSchema.safeParse({ kind, id }).data ?? null;
    },
  };
};
