import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Secrets } from '@main/settings/secrets';
import { readProviderAccount } from '@main/store/providerAccounts';
import { newId } from '@shared/model';
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { type FaultyProvider, startFaultyProvider } from '../../support/faultyProvider';
import { openProviderBench, type ProviderBench } from '../../support/providerBench';

const key = 'sk-0123456789abcdef';

/** A bench whose sealed file calls `on` after each change: a call that never returns is a crash at that moment. */
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
  it.each(['added', 'given a key'] as const)('leaves no key without an account after a crash while one is %s', async (how) => {
    const cut = crash();
    const bench = benchWith(cut.now);
    const id = newId();
    if (how === 'given a key') await bench.accounts.add({ id, preset: 'openai' });
    void (how === 'added' ? bench.accounts.add({ id, preset: 'openai', key }) : bench.accounts.update({ id, key }));
    await cut.reached;
    expect(sealedNames(bench)).toEqual([readProviderAccount(bench.db, id)?.secretRef]);
  });

  it('leaves the account without its key, to be removed again, after a crash in its removal', async () => {
    const cut = crash();
    const bench = benchWith((change) => (change === 'remove' ? cut.now() : Promise.resolve()));
    const { id } = await bench.accounts.add({ id: newId(), preset: 'openai', key });
    void bench.accounts.remove(id);
    await cut.reached;
    expect([sealedNames(bench), bench.accounts.list().map((account) => account.id)]).toEqual([[], [id]]);
  });

  it('changes nothing when a key cannot be stored', async () => {
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

  it('does not restore an account that was removed while its key was being stored', async () => {
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

  it('are reported with an action, account by account, until each is entered again', async () => {
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
    // The server is not called without its key either, though this one would answer.
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

it("sends neither key nor text to the target of a provider's redirect", async () => {
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

describe('a key and its address', () => {
  const open = async () => {
    const bench = openProviderBench();
    onTestFinished(bench.close);
    const [one, two] = [await startFaultyProvider('openai'), await startFaultyProvider('openai')];
    onTestFinished(one.close);
    onTestFinished(two.close);
    return { bench, one, two, account: await bench.add('custom', one.baseUrl, { key }) };
  };
  const ask = (bench: ProviderBench, id: string) => bench.ask(bench.request([bench.candidate(bench.accounts.get(id))]));

  it.each(['host and port', 'path'] as const)(
    'asks for the key again after a changed %s, and sends it there only when it is given',
    async (what) => {
      const { bench, one, two, account } = await open();
      const moved = what === 'path' ? one.baseUrl.replace('/v1', '/other/v1') : two.baseUrl;
      const server = what === 'path' ? one : two;
      expect(await bench.accounts.update({ id: account.id, baseUrl: moved })).toMatchObject({
        keyMask: null,
        keyFor: one.baseUrl,
        lastTest: null,
      });
      await bench.accounts.test(account.id);
      await ask(bench, account.id);
      expect(server.requests.length).toBeGreaterThan(0);
      expect(server.requests.map(({ authorization }) => authorization)).not.toContain(`Bearer ${key}`);
      await expect(bench.accounts.credentials(account.id)).rejects.toMatchObject({
        code: 'provider.auth',
        details: { reason: 'key_elsewhere' },
      });
      expect(await bench.accounts.update({ id: account.id, key: 'sk-another-0123456789' })).toMatchObject({
        keyMask: '••••6789',
        keyFor: null,
      });
      await ask(bench, account.id);
      expect(server.requests.at(-1)?.authorization).toBe('Bearer sk-another-0123456789');
    },
  );

  it('does not call a service without the key that it needs', async () => {
    const { bench, two } = await open();
    const account = await bench.add('openai', two.baseUrl, { key });
    await bench.accounts.update({ id: account.id, baseUrl: `${two.baseUrl}/moved` });
    expect(await bench.accounts.test(account.id)).toMatchObject({
      ok: false,
      error: { code: 'provider.auth', details: { reason: 'key_elsewhere' } },
    });
    expect(two.requests.length).toBe(0);
    expect(bench.gateway.candidatesFor({ model: null, agentId: 'neo' }).map(({ ref }) => ref.accountId)).not.toContain(account.id);
  });

  it('keeps the key for the first address again, with a query or a slash at the end', async () => {
    const { bench, one, two, account } = await open();
    await bench.accounts.update({ id: account.id, baseUrl: two.baseUrl });
    expect(await bench.accounts.update({ id: account.id, baseUrl: `${one.baseUrl}/` })).toMatchObject({
      keyMask: '••••cdef',
      keyFor: null,
    });
    expect(await bench.accounts.update({ id: account.id, baseUrl: `${one.baseUrl}?api-version=1` })).toMatchObject({
      keyMask: '••••cdef',
      keyFor: null,
    });
  });

  it('belongs to the new address when it is given together with one', async () => {
    const { bench, two, account } = await open();
    expect(await bench.accounts.update({ id: account.id, baseUrl: two.baseUrl, key: 'sk-other-0123456789' })).toMatchObject({
      keyFor: null,
    });
    await ask(bench, account.id);
    expect(two.requests.at(-1)?.authorization).toBe('Bearer sk-other-0123456789');
  });

  it.each(['sk-ключ-1234567890', 'sk-é123456789', 'sk-123\n456', 'sk-123 456', 'sk-\u0000x', '钥匙'])(
    'refuses %j before it is stored',
    async (bad) => {
      const { bench, account } = await open();
      await expect(bench.accounts.update({ id: account.id, key: bad })).rejects.toMatchObject({
        code: 'input.invalid',
        details: { field: 'key', reason: 'characters' },
      });
      expect(await bench.secrets.get(`provider:${account.id}`)).toBe(key);
    },
  );

  it.each([`"${key}"`, `Bearer ${key}`, `\ufeff${key}\u200b`, ` ${key}\n`])(
    'stores %j without the characters copied along',
    async (given) => {
      const { bench, account } = await open();
      await bench.accounts.update({ id: account.id, key: given });
      expect(await bench.secrets.get(`provider:${account.id}`)).toBe(key);
    },
  );
});
