import type { ModelRef, ProviderAccount } from '@shared/model';
import { modelName, modelNames } from './modelName';

export interface ModelChoice {
  value: string;
  label: string;
  /** The whole name, where the label is the end of it. */
  title?: string;
  /** The provider's name. */
  note: string;
  /** True when questions to the model stay on this machine; undefined for a model that no longer exists. */
  local?: boolean;
}

const labelled = (name: string, label = modelName(name)): Pick<ModelChoice, 'label' | 'title'> =>
  label === name ? { label } : { label, title: name };

/** The key of a model in a list of choices. Model ids may contain slashes, account ids do not. */
export const modelKey = (model: ModelRef): string => `${model.accountId}/${model.model}`;

/** The model of a key; null for an invalid one. */
export const modelFromKey = (key: string): ModelRef | null => {
  const at = key.indexOf('/');
  return at < 0 ? null : { accountId: key.slice(0, at), model: key.slice(at + 1) };
};

/** Returns true for an account whose server listed no model that chats, while the person named none: it works, and answers no question. */
export const isWithoutChat = ({ lastTest, models, defaultModel }: Pick<ProviderAccount, 'lastTest' | 'models' | 'defaultModel'>): boolean =>
  lastTest?.ok === true && models.length === 0 && defaultModel === null;

/**
 * All models of the enabled accounts, in the order in which the accounts are tried, including each default model, listed or not.
 */
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
      const labels = modelNames(all.map((model) => model.name));
      return all.map((model, index) => ({
        value: modelKey({ accountId: id, model: model.id }),
        ...labelled(model.name, labels[index]),
        note: name,
        local: local && !model.remote,
      }));
    });

/** The choices with the chosen model. If that no longer exists, it is shown under its old name with `gone` beside it. */
export const withChosen = (choices: readonly ModelChoice[], chosen: ModelRef | null, gone: string): ModelChoice[] =>
  chosen && !choices.some(({ value }) => value === modelKey(chosen))
    ? [...choices, { value: modelKey(chosen), ...labelled(chosen.model), note: gone }]
    : [...choices];
