import type { Answering, ModelRef } from '@shared/model';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useApi } from './client';

/** Who will answer, as the engine would choose now; undefined until it has said so. The feed of changes keeps it fresh. */
export const useAnswering = (input: { model: ModelRef | null; agentId: string; documents: boolean }): Answering | undefined => {
  const api = useApi();
  return useQuery(api.providers.answering.queryOptions({ input, placeholderData: keepPreviousData })).data;
};
