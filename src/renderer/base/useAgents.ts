import type { Agent } from '@shared/model';
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useApi } from './client';

/** The name and mark shown with an agent's words. */
export type Speaker = Pick<Agent, 'name' | 'mark'>;

/** The agents, and how to show one: an unknown agent has its id as its name. */
export const useAgents = (): { agents: readonly Agent[]; speakerOf: (agentId: string) => Speaker } => {
  const agents = useQuery(useApi().agents.list.queryOptions()).data;
  return useMemo(() => {
    const all = agents ?? [];
    const speakerOf = (agentId: string): Speaker => {
      const { name, mark } = all.find(({ id }) => id === agentId) ?? { name: agentId, mark: null };
      return { name, mark };
    };
    return { agents: all, speakerOf };
  }, [agents]);
};
