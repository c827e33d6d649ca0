import { createHmac, randomBytes } from 'node:crypto';
import { proofText } from '@shared/wire';
import { sameToken } from './guard';

export interface WindowProof {
  /** A challenge for a window, valid once and for a short time. */
  challenge(): string;
  /** The answer to a window's nonce, which only a program with `key` can give. */
  prove(key: string, nonce: string): string;
  /**
   * True, once, for `<challenge>.<answer>` with a challenge of this server and the answer that only a window with `key` can give.
   */
  accepts(key: string, shown: string | null): boolean;
}

/**
 * Lets a window and the program identify each other without showing the key: a program that takes the port later, or intercepts,
 * learns nothing that works again. Challenges are not stored until they are answered correctly, so that requesting many costs
 * nothing.
 */
export const createWindowProof = ({
  port,
  now = Date.now,
  lifetimeMs = 30_000,
}: {
  port: () => number;
  now?: () => number;
  lifetimeMs?: number;
}): WindowProof => {
  const secret = randomBytes(32);
  /** Answered challenges and when they expire. */
  const used = new Map<string, number>();
  const mac = (key: string | Buffer, text: string): string => createHmac('sha256', key).update(text).digest('base64url');
  const seal = (expires: string, random: string): string => mac(secret, `${expires}.${random}`);

  return {
    challenge: () => {
      const expires = String(now() + lifetimeMs);
      const random = randomBytes(18).toString('base64url');
      return `${expires}.${random}.${seal(expires, random)}`;
    },
    prove: (key, nonce) => mac(key, proofText('program', String(port()), nonce)),
    accepts: (key, shown) => {
      const [expires = '', random = '', sealed, answer, ...more] = shown?.split('.') ?? [];
      if (more.length > 0 || !sameToken(sealed, seal(expires, random)) || !(Number(expires) > now())) return false;
      const challenge = `${expires}.${random}.${sealed}`;
      if (!sameToken(answer, mac(key, proofText('window', String(port()), challenge)))) return false;
      for (const [old, end] of used) if (end <= now()) used.delete(old);
      if (used.has(challenge)) return false;
      used.set(challenge, Number(expires));
      return true;
    },
  };
};
