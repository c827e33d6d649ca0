import type { Answering, ModelRef } from '@shared/model';
import { useQuery } from '@tanstack/react-query';
import { useApi } from './client';

/**
 * Who will answer, as the engine would choose now; undefined until it has said so. The feed of changes keeps it fresh while it is
 * shown. Nothing else is kept: what was true of another choice, or before a change nobody watched, could name a wrong model.
 */
export const useAnswering = (input: { model: ModelRef | null; agentId: string; documents: boolean }): Answering | undefined => {
  const api = useApi();
  return useQuery(api.providers.answering.queryOptions({ input, gcTime: 0 })).data;
};
