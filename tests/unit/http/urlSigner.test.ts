import { createUrlSigner } from '@main/http/urlSigner';
import { expect, test } from 'vitest';

const version = '0190b3c4-0000-7000-8000-000000000001';
const queryOf = (address: string): URLSearchParams => new URL(address, 'http://127.0.0.1').searchParams;

test('serves a version at its signed address until it expires', () => {
  let now = 1_000_000;
  const signer = createUrlSigner({ now: () => now, lifetimeMs: 60_000 });
  const query = queryOf(signer.sign(version));
  expect(signer.verify(version, query)).toBe(true);
  expect(signer.verify('0190b3c4-0000-7000-8000-000000000002', query)).toBe(false);
  now += 60_000;
  expect(signer.verify(version, query)).toBe(false);
});

test('refuses a changed expiry, a missing signature and another run', () => {
  const signer = createUrlSigner({ now: () => 1_000 });
  const query = queryOf(signer.sign(version));
  query.set('expires', String(Number(query.get('expires')) + 1));
  expect(signer.verify(version, query)).toBe(false);
  expect(signer.verify(version, new URLSearchParams())).toBe(false);
  expect(createUrlSigner({ now: () => 1_000 }).verify(version, queryOf(signer.sign(version)))).toBe(false);
});
