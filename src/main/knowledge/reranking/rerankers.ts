import type { Helper } from '@main/processes/helper';
import type { RerankApi } from '@main/processes/rerank/api';
import { endpointOf, keyHeaders } from '@main/providers/endpoint';
import type { RerankerModel, Settings } from '@shared/model';
import { isDownloaded, type ModelDownloads, modelFolder } from '../modelDownloads';
import { createEndpointReranker } from './endpointReranker';
import { createLocalReranker, downloadableRerankers } from './localReranker';
import type { Reranker } from './reranker';

export interface RerankersDeps {
  settings: { get(): Pick<Settings, 'search'> };
  /** The process of the reranker that runs on this machine. */
  reranker: Pick<Helper<RerankApi>, 'call'>;
  downloads: Pick<ModelDownloads, 'stateOf'>;
  fetch: typeof globalThis.fetch;
  /** Address and key of a provider account; null when it no longer exists. */
  account: (id: string) => Promise<{ baseUrl: string; key: string | null } | null>;
  dataFolder: string;
}

export interface Rerankers {
  list(): Promise<RerankerModel[]>;
  /** The reranker of the settings; null for none, and while its model is not downloaded. */
  chosen(): Reranker | null;
}

const endpointId = (model: string): string => `endpoint:${model}`;

/** The rerankers: models that run here, a service of a provider, or none. */
export const createRerankers = (deps: RerankersDeps): Rerankers => {
  const { settings, downloads, dataFolder, account } = deps;
  const local = new Map(
    downloadableRerankers.map(({ id }) => [id as string, createLocalReranker(deps.reranker, modelFolder(dataFolder, id))]),
  );
  const remote = createEndpointReranker(deps.fetch, async () => {
    const { rerankEndpoint } = settings.get().search;
    const found = rerankEndpoint && (await account(rerankEndpoint.accountId));
    if (!found) return null;
    const { model } = rerankEndpoint;
    return { address: endpointOf(found.baseUrl, '/rerank'), headers: keyHeaders(found.baseUrl, found.key), model };
  });

  return {
    list: async () => {
      const { reranker: selected, rerankEndpoint } = settings.get().search;
      const models: Omit<RerankerModel, 'selected'>[] = [
        { id: 'none', name: 'none', kind: 'none', downloadBytes: 0, state: 'ready' },
        ...downloadableRerankers.map(({ id, name, bytes }) => ({
          id,
          name,
          kind: 'local' as const,
          downloadBytes: isDownloaded(dataFolder, id) ? 0 : bytes,
          state: downloads.stateOf(id),
        })),
      ];
      if (rerankEndpoint) {
        const { model, accountId } = rerankEndpoint;
        const state = (await account(accountId)) ? ('ready' as const) : ('failed' as const);
        models.push({ id: endpointId(model), name: model, kind: 'endpoint', downloadBytes: 0, state });
      }
      return models.map((model) => ({ ...model, selected: model.id === selected }));
    },
    chosen: () => {
      const { reranker: id, rerankEndpoint } = settings.get().search;
      if (id === 'none') return null;
      if (rerankEndpoint && id === endpointId(rerankEndpoint.model)) return remote;
      return isDownloaded(dataFolder, id) ? (local.get(id) ?? null) : null;
    },
  };
};
