import { createAgentsApi } from '@main/api/agents';
import { createProvidersApi } from '@main/api/providers';
import { createSettingsApi } from '@main/api/settings';
import { createRouterClient } from '@orpc/server';
import { defaultSettings, newId } from '@shared/model';
import { pino } from 'pino';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { openProviderBench, type ProviderBench } from '../../support/providerBench';

let bench: ProviderBench;
beforeEach(() => {
  bench = openProviderBench();
});
afterEach(() => bench.close());

const connect = () => {
  const asked: string[] = [];
  const downloads = {
    download: (id: string) => void asked.push(`download ${id}`),
    cancel: async (id: string) => void asked.push(`cancel ${id}`),
  };
  const router = {
    agents: createAgentsApi(bench),
    providers: createProvidersApi(bench),
    settings: createSettingsApi({
      settings: bench.settings,
      embeddingModels: { list: () => [] },
      rerankers: { list: async () => [] },
      downloads,
      reading: { state: async () => ({ state: 'off', read: 0, total: 0 }) },
    }),
  };
  return { client: createRouterClient(router, { context: { log: pino({ level: 'silent' }) } }), asked };
};

it('providers over the contract', async () => {
  const { client } = connect();
  expect((await client.providers.presets()).map(({ id }) => id)).toContain('ollama');
  const id = newId();
  const added = await client.providers.add({ id, preset: 'google', key: 'AIza-0123456789' });
  expect(JSON.stringify(await client.providers.list())).not.toContain('AIza');
  expect(await client.providers.update({ id, name: 'Mine' })).toEqual({ ...added, name: 'Mine' });
  await client.providers.reorder({ ids: [id] });
  expect(await client.agents.update({ id: 'neo', temperature: 1 })).toMatchObject({ temperature: 1 });
  expect(await client.agents.list()).toHaveLength(3);
  expect(await client.providers.detect()).toEqual([]);
  expect(await client.providers.remove({ id })).toEqual({ ok: true });
  await expect(client.providers.test({ id })).rejects.toMatchObject({ code: 'not_found' });
  await expect(client.providers.add({ id: newId(), preset: 'custom' })).rejects.toMatchObject({
    code: 'input.invalid',
    data: { details: { field: 'baseUrl' } },
  });
});

it('settings over the contract', async () => {
  const { client, asked } = connect();
  expect(await client.settings.get()).toEqual(defaultSettings);
  expect(await client.settings.update({ appearance: { language: 'fr' } })).toMatchObject({ appearance: { language: 'fr' } });
  expect(await client.settings.embeddingModels()).toEqual([]);
  expect(await client.settings.rerankers()).toEqual([]);
  await client.settings.downloadModel({ id: 'small' });
  await client.settings.cancelDownload({ id: 'small' });
  expect(asked).toEqual(['download small', 'cancel small']);
});
