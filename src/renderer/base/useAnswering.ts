import type { Answering, ModelRef } from '@shared/model';
import { useQuery } from '@tanstack/react-query';
import { useApi } from './client';

/**
 * The model that would answer now, as the engine chooses; undefined until it has replied. Changes keep it fresh while it is shown.
 * No earlier value is kept: one for another choice, or from before an unseen change, could name a wrong model.
 */
export const useAnswering = (input: { model: ModelRef | null; agentId: string; documents: boolean }): Answering | undefined => {
  const api = useApi();
  return useQuery(api.providers.answering.queryOptions({ input, gcTime: 0 })).data;
};
