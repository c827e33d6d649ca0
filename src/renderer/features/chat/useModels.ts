import { useApi } from '@renderer/app/client';
import { type ModelChoice, modelChoices } from '@renderer/lib/modelChoices';
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';

/** The available models, by provider in the order in which the providers are tried. */
export const useModels = (): ModelChoice[] => {
  const accounts = useQuery(useApi().providers.list.queryOptions()).data;
  return useMemo(() => modelChoices(accounts ?? []), [accounts]);
};
