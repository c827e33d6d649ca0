import { answeringNow } from '@main/providers/answering';
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
    expect(server.requests).toHaveLength(1);
  });

  it('reports why a test failed, and stores the reason', async () => {
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

  it("keeps the person's prices over a new listing, and the listed values beside them", async () => {
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

  it('charges nothing for local models; limits their windows to those requested from Ollama', async () => {
    const server = await serve('ollama');
    const account = await bench.add('ollama', server.baseUrl);
    await bench.accounts.test(account.id);
    expect(bench.accounts.get(account.id)).toMatchObject({
      local: true,
      models: [{ id: 'model-a', contextTokens: 16_384, priceInput: 0, priceOutput: 0 }],
    });
  });

  it('updates, reorders, disables and removes, and publishes each change', async () => {
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

    it('are none where none is configured', () => expect(choose()).toEqual([]));

    const key = 'k'.repeat(20);
    const insteadOf = (more: Partial<Parameters<ProviderBench['gateway']['candidatesFor']>[0]> = {}) =>
      bench.gateway.candidatesFor({ model: null, agentId: 'nexus', ...more })[0]?.insteadOf;

    it("the chosen model, else the agent's, else the first of the list; then the others in order", async () => {
      const mistral = await bench.accounts.add({ id: newId(), preset: 'mistral', key });
      const openai = await bench.accounts.add({ id: newId(), preset: 'openai', key });
      await bench.accounts.add({ id: newId(), preset: 'anthropic' });
      for (const agentId of ['anima', 'neo', 'nexus'])
        expect(choose({ agentId })).toEqual(['Mistral/mistral-small-latest', 'OpenAI/gpt-4.1-mini']);
      bench.accounts.reorder([openai.id]);
      expect(choose()).toEqual(['OpenAI/gpt-4.1-mini', 'Mistral/mistral-small-latest']);
      bench.agents.update({ id: 'nexus', model: { accountId: mistral.id, model: 'mistral-large-latest' } });
      expect(choose({ agentId: 'nexus' })).toEqual(['Mistral/mistral-large-latest', 'OpenAI/gpt-4.1-mini']);
      expect(choose({ model: { accountId: mistral.id, model: 'own-model' } })[0]).toBe('Mistral/own-model');
      bench.settings.update({ providers: { fallback: false } });
      expect(choose()).toEqual(['OpenAI/gpt-4.1-mini']);
    });

    it('reports a chosen model that does not exist, once and only then', async () => {
      const mistral = await bench.accounts.add({ id: newId(), preset: 'mistral', key });
      expect(insteadOf()).toBeUndefined();
      expect(insteadOf({ model: { accountId: mistral.id, model: 'mistral-large-latest' } })).toBeUndefined();
      expect(insteadOf({ model: { accountId: newId(), model: 'gone' } })).toEqual({ from: 'gone', reason: 'model.missing' });
      bench.agents.update({ id: 'nexus', model: { accountId: mistral.id, model: 'mistral-large-latest' } });
      expect(insteadOf()).toBeUndefined();
      bench.agents.update({ id: 'nexus', model: { accountId: newId(), model: 'own-gone' } });
      expect(insteadOf()).toEqual({ from: 'own-gone', reason: 'model.missing' });
    });

    describe('text that stays here', () => {
      const local = async () => {
        const account = await bench.add('custom', 'http://localhost:1/v1', { name: 'Here' });
        return bench.accounts.update({ id: account.id, defaultModel: 'm' });
      };
      const out = (name = 'Out') => bench.accounts.add({ id: newId(), preset: 'openai', name, key });

      it("does not leave when a local model comes first, is chosen, or is the agent's", async () => {
        const [here] = [await local(), await out()];
        expect(choose()).toEqual(['Here/m']);
        bench.accounts.reorder(
          bench.accounts
            .list()
            .map(({ id }) => id)
            .reverse(),
        );
        expect(choose()).toEqual(['Out/gpt-4.1-mini', 'Here/m']);
        expect(choose({ model: { accountId: here.id, model: 'n' } })).toEqual(['Here/n']);
        bench.agents.update({ id: 'nexus', model: { accountId: here.id, model: 'm' } });
        expect(choose({ agentId: 'nexus' })).toEqual(['Here/m']);
      });

      it('leaves after a local model only when the person allowed it', async () => {
        await local();
        await out();
        bench.settings.update({ providers: { localFallback: true } });
        expect(choose()).toEqual(['Here/m', 'Out/gpt-4.1-mini']);
      });

      it("does not leave when the chosen or the agent's local model is switched off", async () => {
        const [here, there] = [await local(), await out()];
        await bench.accounts.update({ id: here.id, enabled: false });
        bench.agents.update({ id: 'nexus', model: { accountId: there.id, model: 'gpt-4.1' } });
        expect(choose({ model: { accountId: here.id, model: 'm' }, agentId: 'nexus' })).toEqual([]);
        expect(choose({ model: null, agentId: 'nexus' })).toEqual(['Out/gpt-4.1']);
      });

      it('excludes a model that a local server runs elsewhere', async () => {
        const account = await bench.add('ollama', 'http://127.0.0.1:1');
        const first = (model: string) => bench.gateway.candidatesFor({ model: { accountId: account.id, model }, agentId: 'neo' })[0]?.local;
        expect([first('llama3.2'), first('gpt-oss:120b-cloud'), first('big:cloud')]).toEqual([true, false, false]);
      });

      it('shows the model and its place before a question is asked', async () => {
        const ask = (documents = false) =>
          answeringNow({
            candidates: bench.gateway.candidatesFor({ model: null, agentId: 'neo' }),
            accounts: bench.accounts.list(),
            settings: bench.settings.get(),
            documents,
          });
        expect(ask()).toEqual({ model: null, insteadOf: null, mayLeave: false, searchLeaves: false });
        await local();
        const there = await out();
        expect(ask()).toMatchObject({ model: { provider: 'Here', name: 'm', local: true }, mayLeave: false });
        bench.settings.update({ providers: { localFallback: true } });
        expect(ask()).toMatchObject({ model: { local: true }, mayLeave: true });
        bench.settings.update({ search: { endpoint: { accountId: there.id, model: 'e' }, embeddingModel: 'endpoint:e' } });
        expect([ask(true).searchLeaves, ask(false).searchLeaves]).toEqual([true, false]);
        bench.settings.update({ search: { rerankEndpoint: { accountId: there.id, model: 'r' }, embeddingModel: 'bundled' } });
        expect(ask(true).searchLeaves).toBe(false);
        bench.settings.update({ search: { reranker: 'endpoint:r' } });
        expect([ask(true).searchLeaves, ask(false).searchLeaves]).toEqual([true, false]);
      });
    });
  });

  it('reports both reasons after a fallback failed too', async () => {
    const [one, two] = [await serve('openai'), await serve('openai')];
    one.play({ kind: 'status', status: 402, body: { error: { message: 'Insufficient credits' } } });
    two.play({ kind: 'status', status: 404, body: { error: { message: 'The model `x` does not exist' } } });
    const accounts = [await bench.add('custom', one.baseUrl, { name: 'One' }), await bench.add('custom', two.baseUrl, { name: 'Two' })];
    const { error } = await bench.ask(bench.request(accounts.map((account) => bench.candidate(account))));
    expect(error?.toRecord()).toMatchObject({
      code: 'model.missing',
      details: {
        provider: 'Two',
        firstProvider: 'One',
        firstCode: 'provider.quota',
        earlier: 'One · model-a: provider.quota (Insufficient credits)',
      },
    });
  });
});
