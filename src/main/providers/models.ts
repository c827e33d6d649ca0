import type { StoredAccount, StoredModel } from '@main/store/providerAccounts';
import type { ModelInfo, PresetId } from '@shared/model';
import type { Catalogue } from './catalogue';
import { isLoopback } from './presets';
import type { ListedModel } from './protocol';

const facts = ['name', 'contextTokens', 'priceInput', 'priceOutput', 'priceCached', 'pricedAt'] as const;

type Account = Pick<StoredAccount, 'preset' | 'baseUrl' | 'models' | 'lastTest'>;

/** A model server on this machine costs nothing. Its ":cloud" models run elsewhere. */
const isFree = ({ preset, baseUrl }: Account, { id, remote }: Pick<ModelInfo, 'id' | 'remote'>): boolean =>
  (preset === 'ollama' || preset === 'lmstudio') && isLoopback(baseUrl) && !remote && !/cloud$/.test(id);

/** Completes the person's figures from the provider's listing (stored) and then from the catalogue. */
const completed = (account: Account, model: ModelInfo, catalogue: Catalogue): ModelInfo => {
  const known = catalogue.find(account.preset, model.id);
  const priced = model.priceInput !== null || model.priceOutput !== null;
  const prices = priced
    ? model
    : isFree(account, model)
      ? { priceInput: 0, priceOutput: 0, priceCached: 0, pricedAt: null }
      : (known ?? model);
  return {
    id: model.id,
    name: model.name !== model.id ? model.name : (known?.name ?? model.name),
    contextTokens: model.contextTokens ?? known?.contextTokens ?? null,
    priceInput: prices.priceInput,
    priceOutput: prices.priceOutput,
    priceCached: prices.priceCached,
    pricedAt: prices.pricedAt,
    ...(model.remote && { remote: true }),
  };
};

/** True when a list was read that named no model: only a list that was read has counted unreadable entries. */
const hasEmptyList = ({ models, lastTest }: Account): boolean => models.length === 0 && lastTest?.skipped !== undefined;

/** The models of an account that chat, as shown and used: those listed by its server, before any list those of the catalogue. Pure. */
export const mergedModels = (account: Account, catalogue: Catalogue): ModelInfo[] => {
  if (account.models.length === 0) return hasEmptyList(account) ? [] : catalogue.modelsOf(account.preset);
  return account.models.flatMap(({ edited, added, kind, ...model }) =>
    kind ? [] : [edited ? model : completed(account, model, catalogue)],
  );
};

/** The models that do not chat, except one that the person added by hand to those that do. Pure. */
export const apartFrom = (stored: StoredModel[], given: Pick<ModelInfo, 'id'>[]): StoredModel[] =>
  stored.filter(({ id, kind }) => kind !== undefined && !given.some((model) => model.id === id));

/** The models after a listing: the models found, with the person's edits kept; models that the person edited or named stay. Pure. */
export const afterListing = (stored: StoredModel[], listed: ListedModel[], today: string): StoredModel[] => {
  const known = new Map(stored.map((model) => [model.id, model]));
  const found = listed.map((model): StoredModel => {
    const before = known.get(model.id);
    if (before?.edited) return before;
    const now = { ...model, pricedAt: model.priceInput === null ? null : today, edited: false };
    return before?.added ? { ...now, added: true, kind: undefined } : now;
  });
  const names = new Set(listed.map(({ id }) => id));
  return [...found, ...stored.filter(({ id, edited, added }) => (edited || added) && !names.has(id))];
};

/** A model of which only the name is known. */
const bareModel = (id: string): ModelInfo => ({
  id,
  name: id,
  contextTokens: null,
  priceInput: null,
  priceOutput: null,
  priceCached: null,
  pricedAt: null,
});

/**
 * The models after the person's change of the list: a row that differs from the one shown counts as edited, a row that was not
 * shown as named by the person. Pure.
 */
export const afterEdit = (account: Account, given: ModelInfo[], catalogue: Catalogue): StoredModel[] => {
  const shown = new Map(mergedModels(account, catalogue).map((model) => [model.id, model]));
  const stored = new Map(account.models.map((model) => [model.id, model]));
  return given.map((model) => {
    const before = shown.get(model.id);
    const kept = stored.get(model.id);
    const same = facts.every((fact) => (before ?? bareModel(model.id))[fact] === model[fact]);
    if (before && same) return kept ?? { ...model, edited: false };
    return { ...model, edited: !same, added: !before || kept?.added ? true : undefined };
  });
};

/** The models of an account, among them one that the person named. Pure. */
export const withNamed = (account: Account, id: string, catalogue: Catalogue): StoredModel[] => {
  const shown = mergedModels(account, catalogue);
  if (shown.some((model) => model.id === id)) return account.models;
  const all = [...shown, bareModel(id)];
  return [...afterEdit(account, all, catalogue), ...apartFrom(account.models, all)];
};

/** The model used where none was chosen: the catalogue's first that the account has, else its first that chats. Pure. */
export const pickDefaultModel = (preset: PresetId, all: Pick<StoredModel, 'id' | 'kind'>[], catalogue: Catalogue): string | null => {
  const models = all.filter(({ kind }) => kind === undefined);
  const known = catalogue.modelsOf(preset).find(({ id }) => models.some((model) => model.id === id));
  if (known) return known.id;
  return models.find(({ id }) => catalogue.find(preset, id))?.id ?? models[0]?.id ?? null;
};
