import type { ModelRef, ProviderAccount } from '@shared/model';

export interface ModelChoice {
  value: string;
  label: string;
  /** Whose model it is. */
  note: string;
  /** Whether what is asked of it stays on this machine; unknown of a model that is gone. */
  local?: boolean;
}

/** A model as the value of a list that chooses one. Model ids may hold slashes, account ids do not. */
export const modelKey = (model: ModelRef): string => `${model.accountId}/${model.model}`;

/** Null for anything that is no key. */
export const modelFromKey = (key: string): ModelRef | null => {
  const at = key.indexOf('/');
  return at < 0 ? null : { accountId: key.slice(0, at), model: key.slice(at + 1) };
};

/** All models of the enabled accounts, in the order in which these are tried; the default of each among them, listed or not. */
export const modelChoices = (accounts: readonly ProviderAccount[]): ModelChoice[] =>
  accounts
    .filter(({ enabled }) => enabled)
    .toSorted((one, other) => one.position - other.position)
    .flatMap(({ id, name, models, defaultModel, local }) => {
      const known = models.map((model) => ({ id: model.id, name: model.name || model.id, remote: model.remote === true }));
      const all =
        defaultModel && !known.some((model) => model.id === defaultModel)
          ? [{ id: defaultModel, name: defaultModel, remote: false }, ...known]
          : known;
      return all.map((model) => ({
        value: modelKey({ accountId: id, model: model.id }),
        label: model.name,
        note: name,
        local: local && !model.remote,
      }));
    });

/** The same with the one chosen, which may be gone: it is then shown as what it was, with `gone` beside it. */
export const withChosen = (choices: readonly ModelChoice[], chosen: ModelRef | null, gone: string): ModelChoice[] =>
  chosen && !choices.some(({ value }) => value === modelKey(chosen))
    ? [...choices, { value: modelKey(chosen), label: chosen.model, note: gone }]
    : [...choices];
