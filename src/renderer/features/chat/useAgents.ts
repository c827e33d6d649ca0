import { useApi } from '@renderer/app/client';
import { type ModelChoice, modelChoices } from '@renderer/lib/modelChoices';
import type { Agent, ModelRef } from '@shared/model';
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';

export interface Agents {
  agents: Agent[];
  /** Models that can be chosen, by provider in the order in which these are tried. */
  models: ModelChoice[];
  nameOf: (agentId: string | null) => string;
  /** The model an agent would answer with; null when passages are quoted instead. */
  modelOf: (agentId: string, choice: ModelRef | null) => string | null;
}

export const useAgents = (): Agents => {
  const api = useApi();
  const agents = useQuery(api.providers.agents.queryOptions()).data;
  const accounts = useQuery(api.providers.list.queryOptions()).data;
  return useMemo(() => {
    const all = agents ?? [];
    const providers = (accounts ?? []).filter(({ enabled }) => enabled).sort((a, b) => a.position - b.position);
    const usable = (ref: ModelRef | null): ModelRef | null => (ref && providers.some(({ id }) => id === ref.accountId) ? ref : null);
    return {
      agents: all,
      models: modelChoices(providers),
      nameOf: (agentId) => all.find(({ id }) => id === agentId)?.name ?? agentId ?? '',
      modelOf: (agentId, choice) =>
        (usable(choice) ?? usable(all.find(({ id }) => id === agentId)?.model ?? null))?.model ??
        providers.map((account) => account.defaultModel ?? account.models[0]?.id ?? null).find((model) => model !== null) ??
        null,
    };
  }, [agents, accounts]);
};
