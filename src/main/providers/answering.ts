import type { Answering, ProviderAccount, Settings } from '@shared/model';
import type { Candidate } from './gateway';

/** The model that the window announces before a question is asked, from the candidates that a turn gets. Pure. */
export const answeringNow = ({
  candidates,
  accounts,
  settings,
  documents,
}: {
  candidates: readonly Candidate[];
  accounts: readonly ProviderAccount[];
  settings: Pick<Settings, 'search'>;
  documents: boolean;
}): Answering => {
  const [first, ...rest] = candidates;
  const { embeddingModel, endpoint, reranker, rerankEndpoint } = settings.search;
  const services = [
    { chosen: embeddingModel, service: endpoint },
    { chosen: reranker, service: rerankEndpoint },
  ].flatMap(({ chosen, service }) => (service && chosen === `endpoint:${service.model}` ? [service.accountId] : []));
  const known = first && accounts.find(({ id }) => id === first.ref.accountId)?.models.find(({ id }) => id === first.model);
  return {
    model: first ? { ref: first.ref, provider: first.provider, name: known?.name ?? first.model, local: first.local } : null,
    insteadOf: first?.insteadOf?.from ?? null,
    mayLeave: first?.local === true && rest.some(({ local }) => !local),
    searchLeaves: documents && accounts.some(({ id, local }) => services.includes(id) && !local),
  };
};
