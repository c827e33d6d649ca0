import { createHash, randomBytes } from 'node:crypto';

/** Codes that a page exchanges for the token, each once. */
export interface ExchangeCodes {
  issue(): string;
  /** True once for each code that has not expired. */
  redeem(code: string): boolean;
}

/**
 * The browser is opened with such a code in its address: everybody on this machine can read a program's arguments, so the token
 * must not be in one.
 */
export const createExchangeCodes = ({ now = Date.now, lifetimeMs = 2 * 60_000 } = {}): ExchangeCodes => {
  const expiries = new Map<string, number>();
  const digest = (code: string): string => createHash('sha256').update(code).digest('base64');
  return {
    issue: () => {
      const code = randomBytes(24).toString('base64url');
      expiries.set(digest(code), now() + lifetimeMs);
      return code;
    },
    redeem: (code) => {
      const key = digest(code);
      const expiry = expiries.get(key);
      expiries.delete(key);
      return expiry !== undefined && expiry > now();
    },
  };
};
