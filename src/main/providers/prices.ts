import type { ModelInfo, ModelRef, ProviderAccount } from '@shared/model';

/** The facts of a model of an account, its prices among them; null where it is not listed. */
export const priceOf = (accounts: readonly ProviderAccount[], ref: ModelRef): ModelInfo | null =>
  accounts.find(({ id }) => id === ref.accountId)?.models.find(({ id }) => id === ref.model) ?? null;
