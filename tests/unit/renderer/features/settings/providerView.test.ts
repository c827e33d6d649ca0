import { formatPrice } from '@renderer/features/settings/prices';
import { accountState, moved } from '@renderer/features/settings/providerView';
import type { ErrorRecord, ProviderAccount } from '@shared/model';
import { describe, expect, it } from 'vitest';

const error: ErrorRecord = { code: 'provider.auth', message: '', action: 'open_provider_settings', details: {} };
const account = (patch: Partial<ProviderAccount>) =>
  ({ id: 'a', name: 'A', enabled: true, circuit: 'closed', lastTest: null, models: [{ id: 'm' }], apart: [], ...patch }) as ProviderAccount;

describe('accountState', () => {
  it('shows the most important state first', () => {
    expect(accountState(account({})).kind).toBe('untested');
    expect(accountState(account({ lastTest: { at: 1, ok: true, ms: 412, error: null } }))).toEqual({ kind: 'working', ms: 412 });
    expect(accountState(account({ lastTest: { at: 1, ok: false, ms: 1, error } }))).toEqual({ kind: 'failing', error });
    expect(accountState(account({ circuit: 'open', lastTest: { at: 1, ok: true, ms: 1, error: null } })).kind).toBe('resting');
    expect(accountState(account({ enabled: false, circuit: 'open' })).kind).toBe('off');
  });

  it('distinguishes an account without a chat model from working and failing ones', () => {
    const tested = { lastTest: { at: 1, ok: true, ms: 1, error: null }, models: [], defaultModel: null };
    expect(accountState(account({ ...tested }))).toEqual({ kind: 'noChat', apart: false });
    expect(accountState(account({ ...tested, apart: [{ id: 'e', kind: 'embedding' }] }))).toEqual({ kind: 'noChat', apart: true });
    expect(accountState(account({ ...tested, defaultModel: 'by-hand' })).kind).toBe('working');
    expect(accountState(account({ ...tested, lastTest: { at: 1, ok: false, ms: 1, error } })).kind).toBe('failing');
    expect(accountState(account({ ...tested, lastTest: null })).kind).toBe('untested');
  });
});

describe('the order of providers', () => {
  it('moves one by one place and never out of the list', () => {
    expect(moved(['a', 'b', 'c'], 'b', -1)).toEqual(['b', 'a', 'c']);
    expect(moved(['a', 'b', 'c'], 'b', 1)).toEqual(['a', 'c', 'b']);
    expect(moved(['a', 'b'], 'a', -1)).toEqual(['a', 'b']);
    expect(moved(['a', 'b'], 'x', 1)).toEqual(['a', 'b']);
  });
});

describe('prices', () => {
  it('never shows an unknown price as a number', () => {
    expect(formatPrice(null, 'en')).toBeNull();
    expect(formatPrice(0.075, 'en')).toBe('$0.075');
    expect(formatPrice(5, 'en')).toBe('$5.00');
  });
});
