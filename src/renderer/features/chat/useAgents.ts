import { useApi } from '@renderer/app/client';
import { type ModelChoice, modelChoices } from '@renderer/lib/modelChoices';
import type { Agent } from '@shared/model';
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';

export interface Agents {
  agents: Agent[];
  /** Models that can be chosen, by provider in the order in which these are tried. */
  models: ModelChoice[];
  nameOf: (agentId: string | null) => string;
}

export const useAgents = (): Agents => {
  const api = useApi();
  const agents = useQuery(api.providers.agents.queryOptions()).data;
  const accounts = useQuery(api.providers.list.queryOptions()).data;
  return useMemo(() => {
    const all = agents ?? [];
    return {
      agents: all,
      models: modelChoices(accounts ?? []),
      nameOf: (agentId) => all.find(({ id }) => id === agentId)?.name ?? agentId ?? '',
    };
  }, [agents, accounts]);
};
