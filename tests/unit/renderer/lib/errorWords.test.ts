import '../../../support/page';

import type { Client } from '@renderer/base/client';
import { useErrorText, waitOf } from '@renderer/lib/useErrorText';
import { fr } from '@renderer/locales/fr';
import type { ErrorRecord } from '@shared/model';
import i18next from 'i18next';
import { expect, test, vi } from 'vitest';
import { engineOf, mountHook } from '../../../support/mountHook';

test('shows a delay in whole seconds, never too short', () => {
  const wait = (details: ErrorRecord['details']): number => waitOf({ code: 'provider.rate_limited', details });
  expect([24_600, 1, 1_000, 90_001].map((retryAfterMs) => wait({ retryAfterMs }))).toEqual([25_000, 1_000, 1_000, 91_000]);
  expect([wait({}), wait({ retryAfterMs: 'soon' }), wait({ retryAfterMs: -5 })]).toEqual([0, 0, 0]);
});

test('says no delay after a lack of credit, which waiting does not mend', async () => {
  const error = (code: ErrorRecord['code']): ErrorRecord => ({
    code,
    message: '',
    action: 'none',
    details: { provider: 'One', retryAfterMs: 1_000 },
  });
  const hook = await mountHook(() => useErrorText(), null, engineOf({} as Client));
  expect(hook.current(error('provider.quota'))).toBe('The account at One has no credit left.');
  expect(hook.current(error('provider.rate_limited'))).toMatch(/Try again in 1/);
  hook.unmount();
});

test('a provider without a name is spoken of in the middle of a sentence and at its beginning', async () => {
  const error = (code: ErrorRecord['code'], provider?: string): ErrorRecord =>
    ({ code, message: '', action: 'none', details: provider === undefined ? {} : { provider } }) as ErrorRecord;
  const hook = await mountHook(() => useErrorText(), null, engineOf({} as Client));
  expect(hook.current(error('provider.auth'))).toBe('The provider refused the key.');
  expect(hook.current(error('provider.quota'))).toBe('The account at the provider has no credit left.');
  // A name keeps the letter that it begins with.
  expect(hook.current(error('provider.auth', 'llama.cpp'))).toBe('llama.cpp refused the key.');
  i18next.addResourceBundle('fr', 'errors', fr.errors);
  await i18next.changeLanguage('fr');
  await vi.waitFor(() => expect(hook.current(error('provider.auth'))).toBe('Ce fournisseur a refusé la clé.'));
  expect(hook.current(error('provider.quota'))).toBe('Le compte chez ce fournisseur n’a plus de crédit.');
  expect(hook.current(error('provider.address'))).toBe('Il n’y a pas de tel service à l’adresse de ce fournisseur.');
  hook.unmount();
});
