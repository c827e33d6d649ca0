import { useApi } from '@renderer/base/client';
import { isWithoutChat, type ModelChoice, modelChoices } from '@renderer/lib/modelChoices';
import type { ProviderAccount } from '@shared/model';
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';

const useAccounts = (): ProviderAccount[] | undefined => useQuery(useApi().providers.list.queryOptions()).data;

/** The available models, by provider in the order in which the providers are tried. */
export const useModels = (): ModelChoice[] => {
  const accounts = useAccounts();
  return useMemo(() => modelChoices(accounts ?? []), [accounts]);
};

/** The enabled providers that have no model to choose, because their servers list none that chats. */
export const useWithoutChat = (): ProviderAccount[] => {
  const accounts = useAccounts();
  return useMemo(() => (accounts ?? []).filter((account) => account.enabled && isWithoutChat(account)), [accounts]);
};
