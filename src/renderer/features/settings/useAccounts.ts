import { useApi, useClient } from '@renderer/base/client';
import { useAttempt } from '@renderer/ui/useAttempt';
import type { ProviderAccount } from '@shared/model';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { moved } from './providerView';

type AccountPatch = Omit<Parameters<ReturnType<typeof useClient>['providers']['update']>[0], 'id'>;

/**
 * The accounts in their order, and functions that change them: a change is shown at once, and the accounts are read again when the
 * engine refuses it.
 */
export const useAccounts = () => {
  const api = useApi();
  const client = useClient();
  const queries = useQueryClient();
  const attempt = useAttempt();
  const query = useQuery({
    ...api.providers.list.queryOptions(),
    select: (all) => [...all].sort((one, other) => one.position - other.position),
  });
  const queryKey = api.providers.list.queryKey();
  /** Two changes may follow each other before the first is read again: the second applies to the result of the first. */
  const change = async (next: (all: ProviderAccount[]) => ProviderAccount[], send: () => Promise<unknown>): Promise<boolean> => {
    // A read in progress may not include the change.
    await queries.cancelQueries({ queryKey });
    queries.setQueryData(queryKey, (all) => all && next(all));
    const sent = (await attempt(send)) !== undefined;
    if (!sent) await queries.invalidateQueries({ queryKey });
    return sent;
  };
  /** Resolves to true when it was stored. */
  const update = (id: string, patch: AccountPatch): Promise<boolean> => {
    const { key, ...shown } = patch;
    return change(
      (all) => all.map((account) => (account.id === id ? { ...account, ...shown } : account)),
      () => client.providers.update({ id, ...patch }),
    );
  };
  /** Changes the models of an account, based on the present ones. */
  const updateModels = (id: string, models: (now: ProviderAccount['models']) => ProviderAccount['models']): Promise<boolean> => {
    const account = queries.getQueryData(queryKey)?.find((each) => each.id === id);
    return account ? update(id, { models: models(account.models) }) : Promise.resolve(false);
  };
  const move = (id: string, step: 1 | -1, among: readonly string[]): Promise<boolean> => {
    const ids = moved(among, id, step);
    return change(
      (all) => all.map((account) => (ids.includes(account.id) ? { ...account, position: ids.indexOf(account.id) } : account)),
      () => client.providers.reorder({ ids }),
    );
  };
  return { query, update, updateModels, move };
};

export type Accounts = ReturnType<typeof useAccounts>;
