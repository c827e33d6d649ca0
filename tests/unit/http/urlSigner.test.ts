import { createUrlSigner } from '@main/http/urlSigner';
import { expect, test } from 'vitest';

const owner = { kind: 'version', id: '0190b3c4-0000-7000-8000-000000000001' } as const;
const at = (address: string): URL => new URL(address, 'http://127.0.0.1');

test('serves an owner at its signed address until it expires', () => {
  let now = 1_000_000;
  const signer = createUrlSigner({ now: () => now, lifetimeMs: 60_000 });
  const address = at(signer.sign(owner));
  expect(signer.verify(address)).toEqual(owner);
  const another = new URL(address);
  another.pathname = address.pathname.replace(/1$/, '2');
  expect(signer.verify(another)).toBeNull();
  now += 60_000;
  expect(signer.verify(address)).toBeNull();
});

test('refuses a changed expiry, a missing signature and another run', () => {
  const signer = createUrlSigner({ now: () => 1_000 });
  const address = at(signer.sign(owner));
  expect(createUrlSigner({ now: () => 1_000 }).verify(address)).toBeNull();
  address.searchParams.set('expires', String(Number(address.searchParams.get('expires')) + 1));
  expect(signer.verify(address)).toBeNull();
  address.search = '';
  expect(signer.verify(address)).toBeNull();
});

test('refuses an address signed for another kind of owner, and an unknown kind', () => {
  const signer = createUrlSigner({ now: () => 1_000 });
  const address = at(signer.sign(owner));
  address.pathname = address.pathname.replace('/version/', '/message/');
  expect(signer.verify(address)).toBeNull();
  // Signed by ourselves, and no kind that is known.
  expect(signer.verify(at(signer.sign({ ...owner, kind: 'planet' as 'version' })))).toBeNull();
});
