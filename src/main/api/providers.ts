import { answeringNow } from '@main/providers/answering';
import type { ModelGateway } from '@main/providers/gateway';
import type { LocalServers } from '@main/providers/localServers';
import { presets } from '@main/providers/presets';
import type { ProviderAccounts } from '@main/providers/providerAccounts';
import type { SettingsService } from '@main/settings/settings';
import { api } from './base';

const done = { ok: true } as const;

export interface ProvidersApiDeps {
  accounts: ProviderAccounts;
  localServers: LocalServers;
  gateway: Pick<ModelGateway, 'candidatesFor'>;
  settings: Pick<SettingsService, 'get'>;
}

export const createProvidersApi = ({ accounts, localServers, gateway, settings }: ProvidersApiDeps) => ({
  presets: api.providers.presets.handler(() => [...presets]),
  list: api.providers.list.handler(() => accounts.list()),
  add: api.providers.add.handler(({ input }) => accounts.add(input)),
  update: api.providers.update.handler(({ input }) => accounts.update(input)),
  remove: api.providers.remove.handler(async ({ input }) => {
    localServers.dismiss(accounts.get(input.id));
    await accounts.remove(input.id);
    return done;
  }),
  unreadable: api.providers.unreadable.handler(() => accounts.unreadable().map(({ id, name, baseUrl }) => ({ id, name, baseUrl }))),
  removeUnreadable: api.providers.removeUnreadable.handler(async ({ input }) => {
    await accounts.removeUnreadable(input.id);
    return done;
  }),
  reorder: api.providers.reorder.handler(({ input }) => {
    accounts.reorder(input.ids);
    return done;
  }),
  test: api.providers.test.handler(({ input }) => accounts.test(input.id, input)),
  detect: api.providers.detect.handler(() => localServers.detect()),
  offers: api.providers.offers.handler(() => localServers.offers()),
  acceptOffer: api.providers.acceptOffer.handler(({ input }) => localServers.accept(input.baseUrl)),
  declineOffer: api.providers.declineOffer.handler(({ input }) => {
    localServers.decline(input.baseUrl);
    return done;
  }),
  answering: api.providers.answering.handler(({ input }) =>
    answeringNow({
      candidates: gateway.candidatesFor(input),
      accounts: accounts.list(),
      settings: settings.get(),
      documents: input.documents,
    }),
  ),
});
