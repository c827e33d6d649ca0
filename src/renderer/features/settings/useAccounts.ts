import { useApi, useClient } from '@renderer/app/client';
import { useAttempt } from '@renderer/ui/useAttempt';
import type { ProviderAccount } from '@shared/model';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { moved } from './providerView';

type AccountPatch = Omit<Parameters<ReturnType<typeof useClient>['providers']['update']>[0], 'id'>;

/** The accounts in their order, and how to change them: shown as changed at once, read again when the engine refuses. */
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
  /** Two changes may follow each other faster than the first is read again: the second is made to what the first left. */
  const change = async (next: (all: ProviderAccount[]) => ProviderAccount[], send: () => Promise<unknown>): Promise<boolean> => {
    // A reading under way may not hold the change.
    await queries.cancelQueries({ queryKey });
    queries.setQueryData(queryKey, (all) => all && next(all));
    const sent = (await attempt(send)) !== undefined;
    if (!sent) await queries.invalidateQueries({ queryKey });
    return sent;
  };
  /** Whether it was stored. */
  const update = (id: string, patch: AccountPatch): Promise<boolean> => {
    const { key, ...shown } = patch;
    return change(
      (all) => all.map((account) => (account.id === id ? { ...account, ...shown } : account)),
      () => client.providers.update({ id, ...patch }),
    );
  };
  /** A change of the models of an account, made to what they are now. */
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
