import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Secrets } from '@main/settings/secrets';
import { readProviderAccount } from '@main/store/providerAccounts';
import { newId } from '@shared/model';
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { type FaultyProvider, startFaultyProvider } from '../../support/faultyProvider';
import { openProviderBench, type ProviderBench } from '../../support/providerBench';

const key = 'sk-0123456789abcdef';

/** A bench whose sealed file obeys `on`, called after each change of it: one that never comes back is a crash at that moment. */
const benchWith = (on: (change: 'set' | 'remove') => Promise<void>): ProviderBench => {
  const bench = openProviderBench({
    around: (secrets): Secrets => ({
      ...secrets,
      set: async (ref, value) => {
        await secrets.set(ref, value);
        await on('set');
      },
      remove: async (ref) => {
        await secrets.remove(ref);
        await on('remove');
      },
    }),
  });
  onTestFinished(bench.close);
  return bench;
};
const sealedNames = (bench: ProviderBench): string[] =>
  Object.keys(JSON.parse(readFileSync(join(bench.folder, 'secrets.json'), 'utf8')).entries);
const crash = () => {
  const reached = Promise.withResolvers<void>();
  return {
    reached: reached.promise,
    now: (): Promise<never> => {
      reached.resolve();
      return new Promise<never>(() => {});
    },
  };
};

describe('a key and its account', () => {
  it.each(['added', 'given a key'] as const)('a crash while one is %s leaves no key that no account names', async (how) => {
    const cut = crash();
    const bench = benchWith(cut.now);
    const id = newId();
    if (how === 'given a key') await bench.accounts.add({ id, preset: 'openai' });
    void (how === 'added' ? bench.accounts.add({ id, preset: 'openai', key }) : bench.accounts.update({ id, key }));
    await cut.reached;
    expect(sealedNames(bench)).toEqual([readProviderAccount(bench.db, id)?.secretRef]);
  });

  it('a crash while one is removed leaves the account, to be removed again, and no key', async () => {
    const cut = crash();
    const bench = benchWith((change) => (change === 'remove' ? cut.now() : Promise.resolve()));
    const { id } = await bench.accounts.add({ id: newId(), preset: 'openai', key });
    void bench.accounts.remove(id);
    await cut.reached;
    expect([sealedNames(bench), bench.accounts.list().map((account) => account.id)]).toEqual([[], [id]]);
  });

  it('a key that cannot be stored leaves everything as it was', async () => {
    let refused = false;
    const bench = benchWith(async () => {
      if (refused) throw Object.assign(new Error('no room'), { code: 'ENOSPC' });
    });
    const without = await bench.accounts.add({ id: newId(), preset: 'openai' });
    refused = true;
    const id = newId();
    await expect(bench.accounts.add({ id, preset: 'openai', key })).rejects.toMatchObject({ code: 'ENOSPC' });
    await expect(bench.accounts.update({ id: without.id, key })).rejects.toMatchObject({ code: 'ENOSPC' });
    expect(bench.accounts.list()).toEqual([without]);
    expect(readProviderAccount(bench.db, without.id)?.secretRef).toBeNull();
    refused = false;
    expect(await bench.accounts.add({ id, preset: 'openai', key })).toMatchObject({ id, keyMask: '••••cdef' });
  });

  it('an account that is removed while its key is stored does not come back', async () => {
    const bench = benchWith(async () => {});
    const id = newId();
    const [added, removed] = await Promise.allSettled([bench.accounts.add({ id, preset: 'openai', key }), bench.accounts.remove(id)]);
    expect([added.status, removed.status]).toEqual(['fulfilled', 'fulfilled']);
    const other = await bench.accounts.add({ id: newId(), preset: 'openai' });
    await Promise.allSettled([bench.accounts.update({ id: other.id, key }), bench.accounts.remove(other.id)]);
    expect([bench.accounts.list(), sealedNames(bench)]).toEqual([[], []]);
  });
});

describe('keys that cannot be read', () => {
  let bench: ProviderBench;
  let server: FaultyProvider;
  beforeEach(async () => {
    server = await startFaultyProvider('openai');
    bench = openProviderBench();
  });
  afterEach(async () => {
    await server.close();
    await bench.close();
  });

  it('are told with an action, account by account, until each is entered again', async () => {
    const [one, two] = [await bench.add('custom', server.baseUrl, { key }), await bench.add('custom', server.baseUrl, { key })];
    writeFileSync(join(bench.folder, 'secrets.json'), '{"version":1,"entr');
    const damaged = { ok: false, error: { code: 'secrets.damaged', action: 'open_provider_settings' } };
    expect(await bench.accounts.test(one.id)).toMatchObject(damaged);
    const answer = await bench.ask(bench.request([bench.candidate(one)]));
    expect(answer.error?.toRecord()).toMatchObject({
      code: 'secrets.damaged',
      action: 'open_provider_settings',
      details: { provider: one.name },
    });
    await bench.accounts.update({ id: one.id, key: 'sk-entered-again-1' });
    expect(await bench.accounts.test(one.id)).toMatchObject({ ok: true });
    // It is not asked without its key either, though this server would answer.
    expect(await bench.accounts.test(two.id)).toMatchObject(damaged);
    await expect(bench.accounts.credentials(two.id)).rejects.toMatchObject({ code: 'secrets.damaged' });
    await bench.accounts.update({ id: two.id, key: 'sk-entered-again-2' });
    expect(await bench.accounts.credentials(two.id)).toEqual({ baseUrl: server.baseUrl, key: 'sk-entered-again-2' });
    expect(server.requests.map(({ authorization }) => authorization)).not.toContain('Bearer none');
  });

  it('leave the answer to the next provider', async () => {
    const [one, two] = [await bench.add('custom', server.baseUrl), await bench.add('custom', server.baseUrl)];
    await bench.secrets.remove(`provider:${one.id}`);
    const answer = await bench.ask(bench.request([bench.candidate(one), bench.candidate(two)]));
    expect([answer.kinds, answer.text]).toEqual([['attempt', 'fallback', 'attempt', 'finish'], 'Hello there']);
  });
});

it('a provider that sends us elsewhere gets neither key nor words there', async () => {
  const bench = openProviderBench();
  onTestFinished(bench.close);
  for (const protocol of ['openai', 'anthropic', 'google', 'ollama'] as const) {
    const [server, other] = [await startFaultyProvider(protocol), await startFaultyProvider(protocol)];
    onTestFinished(server.close);
    onTestFinished(other.close);
    server.play({ kind: 'status', status: 307, headers: { location: `${other.baseUrl}/elsewhere` } });
    const account = await bench.add(server.preset, server.baseUrl);
    const { error } = await bench.ask(bench.request([bench.candidate(account)]));
    expect(error?.toRecord()).toMatchObject({
      code: 'provider.protocol',
      action: 'open_provider_settings',
      details: { reason: 'redirect' },
    });
    expect([server.requests.length, other.requests.length]).toEqual([1, 0]);
  }
});
