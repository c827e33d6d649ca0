import { EmergenceError, newId } from '@shared/model';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type FaultyProtocol, type FaultyProvider, startFaultyProvider } from '../../support/faultyProvider';
import { openProviderBench, type ProviderBench } from '../../support/providerBench';

describe('provider accounts', () => {
  let bench: ProviderBench;
  const servers: FaultyProvider[] = [];
  const serve = async (protocol: FaultyProtocol) => {
    const server = await startFaultyProvider(protocol);
    servers.push(server);
    return server;
  };
  beforeEach(() => {
    bench = openProviderBench();
  });
  afterEach(async () => {
    await Promise.all(servers.splice(0).map((server) => server.close()));
    await bench.close();
  });

  it('adds an account once per id, with the models of the catalogue and a masked key', async () => {
    const id = newId();
    const added = await bench.accounts.add({ id, preset: 'anthropic', key: 'sk-ant-0123456789' });
    expect(added).toMatchObject({
      name: 'Anthropic',
      protocol: 'anthropic',
      keyMask: '••••6789',
      local: false,
      enabled: true,
      position: 0,
    });
    expect(added.defaultModel).toBe('claude-haiku-4-5');
    expect(added.models[0]).toMatchObject({ id: 'claude-haiku-4-5', priceInput: 1, pricedAt: '2025-10-15' });
    expect(await bench.accounts.add({ id, preset: 'anthropic', key: 'another' })).toEqual(added);
    expect(bench.accounts.list()).toEqual([added]);
    expect(await bench.secrets.get(`provider:${id}`)).toBe('sk-ant-0123456789');
  });

  it.each(['', 'not a url', 'ftp://example.org', 'http://me:secret@example.org'])('refuses the address "%s"', async (baseUrl) => {
    await expect(bench.accounts.add({ id: newId(), preset: 'custom', baseUrl })).rejects.toMatchObject({ code: 'input.invalid' });
  });

  it('takes neither key nor address when the address is refused', async () => {
    const id = newId();
    const added = await bench.accounts.add({ id, preset: 'openai', key: 'sk-0123456789ab' });
    await expect(bench.accounts.update({ id, key: 'sk-other-9876543', baseUrl: 'ftp://x' })).rejects.toMatchObject({
      code: 'input.invalid',
    });
    expect(await bench.secrets.get(`provider:${id}`)).toBe('sk-0123456789ab');
    expect(bench.accounts.get(id)).toEqual(added);
  });

  it.each([
    ['openai', ['model-a']],
    ['anthropic', ['model-a']],
    ['google', ['gemini-model-a']],
    ['ollama', ['model-a']],
  ] as const)('tests %s by listing its chat models', async (protocol, models) => {
    const server = await serve(protocol);
    const account = await bench.add(protocol, server.baseUrl);
    const result = await bench.accounts.test(account.id);
    expect(result).toMatchObject({ ok: true, models, error: null });
    const tested = bench.accounts.get(account.id);
    expect(tested.lastTest).toMatchObject({ ok: true, error: null });
    expect(tested.defaultModel).toBe(models[0]);
    expect(server.requests).toHaveLength(0);
  });

  it('says why a test failed, and keeps it', async () => {
    const server = await serve('openai');
    await server.close();
    servers.length = 0;
    const account = await bench.add('openai', server.baseUrl);
    const result = await bench.accounts.test(account.id);
    expect(result).toMatchObject({ ok: false, models: [], error: { code: 'provider.unavailable', details: { reason: 'ECONNREFUSED' } } });
    expect(bench.accounts.get(account.id).lastTest).toMatchObject({ ok: false, error: { code: 'provider.unavailable' } });
    const keyless = await bench.accounts.add({ id: newId(), preset: 'openai' });
    expect(await bench.accounts.test(keyless.id)).toMatchObject({ ok: false, error: { code: 'provider.auth' } });
  });

  it("keeps the person's prices over a new listing, and what was listed beside them", async () => {
    const server = await serve('openai');
    const account = await bench.add('openai', server.baseUrl);
    await bench.accounts.test(account.id);
    const [model] = bench.accounts.get(account.id).models;
    if (!model) throw new Error('no model');
    const own = { ...model, priceInput: 3, priceOutput: 4, contextTokens: 5000, pricedAt: '2026-11-01' };
    const added = { ...own, id: 'by-hand', name: 'By hand' };
    await bench.accounts.update({ id: account.id, models: [own, added] });
    await bench.accounts.test(account.id);
    expect(bench.accounts.get(account.id).models).toEqual([own, added]);
  });

  it('local models cost nothing; windows are cut to what we ask of Ollama', async () => {
    const server = await serve('ollama');
    const account = await bench.add('ollama', server.baseUrl);
    await bench.accounts.test(account.id);
    expect(bench.accounts.get(account.id)).toMatchObject({
      local: true,
      models: [{ id: 'model-a', contextTokens: 16_384, priceInput: 0, priceOutput: 0 }],
    });
  });

  it('updates, reorders, disables and removes; says so on the bus', async () => {
    const heard: string[] = [];
    bench.changes.subscribe(({ entity, ids }) => heard.push(`${entity}:${ids.length}`));
    const one = await bench.accounts.add({ id: newId(), preset: 'openai', key: 'k'.repeat(20) });
    const two = await bench.accounts.add({ id: newId(), preset: 'google', key: 'k'.repeat(20) });
    bench.accounts.reorder([two.id, one.id]);
    expect(bench.accounts.list().map(({ id }) => id)).toEqual([two.id, one.id]);
    expect(await bench.accounts.update({ id: one.id, name: 'Mine', enabled: false, key: null })).toMatchObject({
      name: 'Mine',
      enabled: false,
      keyMask: null,
    });
    expect(await bench.secrets.get(`provider:${one.id}`)).toBeNull();
    await bench.accounts.remove(two.id);
    expect(bench.accounts.list().map(({ id }) => id)).toEqual([one.id]);
    expect(() => bench.accounts.get(two.id)).toThrow(EmergenceError);
    expect(heard.every((entry) => entry.startsWith('provider:'))).toBe(true);
    expect(heard.length).toBeGreaterThanOrEqual(5);
  });

  describe('candidates', () => {
    const choose = (more: Partial<Parameters<ProviderBench['gateway']['candidatesFor']>[0]> = {}) =>
      bench.gateway.candidatesFor({ model: null, agentId: 'anima', ...more }).map(({ provider, model }) => `${provider}/${model}`);

    it('none is none', () => expect(choose()).toEqual([]));

    it("the chosen model, else the agent's, else its preferred provider, else the first; then the others in order", async () => {
      const mistral = await bench.accounts.add({ id: newId(), preset: 'mistral', key: 'k'.repeat(20) });
      await bench.accounts.add({ id: newId(), preset: 'openai', key: 'k'.repeat(20) });
      await bench.accounts.add({ id: newId(), preset: 'anthropic' });
      expect(choose()).toEqual(['OpenAI/gpt-4.1-mini', 'Mistral/mistral-small-latest']);
      expect(choose({ agentId: 'nexus' })).toEqual(['Mistral/mistral-small-latest', 'OpenAI/gpt-4.1-mini']);
      bench.agents.update({ id: 'nexus', model: { accountId: mistral.id, model: 'mistral-large-latest' } });
      expect(choose({ agentId: 'nexus' })).toEqual(['Mistral/mistral-large-latest', 'OpenAI/gpt-4.1-mini']);
      expect(choose({ model: { accountId: mistral.id, model: 'own-model' } })[0]).toBe('Mistral/own-model');
      bench.settings.update({ fallback: false });
      expect(choose()).toEqual(['OpenAI/gpt-4.1-mini']);
    });

    it('says what the agent would have had instead, once and only then', async () => {
      const first = (more: Partial<Parameters<ProviderBench['gateway']['candidatesFor']>[0]> = {}) =>
        bench.gateway.candidatesFor({ model: null, agentId: 'nexus', ...more })[0]?.insteadOf;
      const mistral = await bench.accounts.add({ id: newId(), preset: 'mistral', key: 'k'.repeat(20) });
      expect(first()).toEqual({ from: 'Anthropic', reason: 'agent.provider' });
      expect(first({ model: { accountId: mistral.id, model: 'mistral-large-latest' } })).toBeUndefined();
      expect(first({ model: { accountId: newId(), model: 'gone' } })).toEqual({ from: 'gone', reason: 'model.missing' });
      bench.agents.update({ id: 'nexus', model: { accountId: mistral.id, model: 'mistral-large-latest' } });
      expect(first()).toBeUndefined();
      bench.agents.update({ id: 'nexus', model: { accountId: newId(), model: 'own-gone' } });
      expect(first()).toEqual({ from: 'own-gone', reason: 'model.missing' });
      bench.agents.update({ id: 'nexus', model: null });
      await bench.accounts.add({ id: newId(), preset: 'anthropic', key: 'k'.repeat(20) });
      expect(
        bench.gateway.candidatesFor({ model: null, agentId: 'nexus' }).map(({ provider, insteadOf }) => [provider, insteadOf]),
      ).toEqual([
        ['Anthropic', undefined],
        ['Mistral', undefined],
      ]);
    });

    it('a local choice never falls back to a provider elsewhere', async () => {
      const server = await serve('ollama');
      const local = await bench.add('ollama', server.baseUrl);
      await bench.accounts.test(local.id);
      await bench.accounts.add({ id: newId(), preset: 'openai', key: 'k'.repeat(20) });
      expect(choose({ model: { accountId: local.id, model: 'model-a' } })).toEqual(['Ollama/model-a']);
      expect(choose()).toEqual(['OpenAI/gpt-4.1-mini', 'Ollama/model-a']);
    });
  });
});

describe('model servers on this machine', () => {
  let ollama: FaultyProvider;
  let bench: ProviderBench;
  beforeEach(async () => {
    ollama = await startFaultyProvider('ollama');
    const gone = await startFaultyProvider('openai');
    await gone.close();
    bench = openProviderBench({
      localAddresses: [
        { preset: 'ollama', baseUrl: ollama.baseUrl },
        { preset: 'lmstudio', baseUrl: gone.baseUrl },
      ],
    });
  });
  afterEach(() => bench.close());

  it('are found at start, once, with their models, and answer', async () => {
    bench.localServers.start();
    await bench.localServers.settled;
    const [account, ...others] = bench.accounts.list();
    expect(others).toEqual([]);
    expect(account).toMatchObject({ preset: 'ollama', detected: true, local: true, defaultModel: 'model-a', keyMask: null });
    expect(await bench.localServers.detect()).toEqual([account]);
    const candidates = bench.gateway.candidatesFor({ model: null, agentId: 'neo' });
    expect(candidates).toMatchObject([{ model: 'model-a', local: true, contextTokens: 16_384 }]);
    expect((await bench.ask(bench.request(candidates))).text).toBe('Hello there');
    await ollama.close();
  });

  it('are not tried unasked while they are gone', async () => {
    await bench.localServers.detect();
    await ollama.close();
    expect(await bench.localServers.detect()).toEqual([]);
    expect(bench.accounts.list()).toHaveLength(1);
    expect(bench.gateway.candidatesFor({ model: null, agentId: 'anima' })).toEqual([]);
  });

  it('are left alone when the person says so', async () => {
    bench.settings.update({ detectLocalProviders: false });
    bench.localServers.start();
    await bench.localServers.settled;
    expect(bench.accounts.list()).toEqual([]);
    bench.settings.update({ detectLocalProviders: true });
    bench.localServers.start();
    await bench.localServers.settled;
    const [account] = bench.accounts.list();
    if (!account) throw new Error('not found');
    bench.localServers.dismiss(account);
    await bench.accounts.remove(account.id);
    bench.localServers.start();
    await bench.localServers.settled;
    expect(bench.accounts.list()).toEqual([]);
    expect(await bench.localServers.detect()).toHaveLength(1);
    await ollama.close();
  });
});
