import type { Agents } from '@main/providers/agents';
import type { LocalServers } from '@main/providers/localServers';
import { presets } from '@main/providers/presets';
import type { ProviderAccounts } from '@main/providers/providerAccounts';
import { api } from './base';

const done = { ok: true } as const;

export interface ProvidersApiDeps {
  accounts: ProviderAccounts;
  localServers: LocalServers;
  agents: Agents;
}

export const createProvidersApi = ({ accounts, localServers, agents }: ProvidersApiDeps) => ({
  presets: api.providers.presets.handler(() => [...presets]),
  list: api.providers.list.handler(() => accounts.list()),
  add: api.providers.add.handler(({ input }) => accounts.add(input)),
  update: api.providers.update.handler(({ input }) => accounts.update(input)),
  remove: api.providers.remove.handler(async ({ input }) => {
    localServers.dismiss(accounts.get(input.id));
    await accounts.remove(input.id);
    return done;
  }),
  reorder: api.providers.reorder.handler(({ input }) => {
    accounts.reorder(input.ids);
    return done;
  }),
  test: api.providers.test.handler(({ input }) => accounts.test(input.id)),
  detect: api.providers.detect.handler(() => localServers.detect()),
  agents: api.providers.agents.handler(() => agents.list()),
  updateAgent: api.providers.updateAgent.handler(({ input }) => agents.update(input)),
});
