import { modelChoices, modelFromKey, modelKey, withChosen } from '@renderer/lib/modelChoices';
import type { ProviderAccount } from '@shared/model';
import { expect, test } from 'vitest';

const account = (patch: Partial<ProviderAccount>): ProviderAccount =>
  ({ id: 'a', name: 'A', enabled: true, position: 0, defaultModel: null, models: [], ...patch }) as ProviderAccount;
const models = (...ids: string[]): ProviderAccount['models'] => ids.map((id) => ({ id, name: id.toUpperCase() })) as never;

test('keeps slashes of model ids in the key', () => {
  const model = { accountId: 'a', model: 'org/model:7b' };
  expect(modelFromKey(modelKey(model))).toEqual(model);
  expect(modelFromKey('own')).toBeNull();
});

test('lists models of enabled accounts in order, with a default that is not listed', () => {
  const accounts = [
    account({ id: 'b', name: 'B', position: 1, models: models('m'), defaultModel: 'm' }),
    account({ id: 'c', enabled: false, models: models('x') }),
    account({ models: models('n'), defaultModel: 'hidden' }),
  ];
  expect(modelChoices(accounts)).toEqual([
    { value: 'a/hidden', label: 'hidden', note: 'A' },
    { value: 'a/n', label: 'N', note: 'A' },
    { value: 'b/m', label: 'M', note: 'B' },
  ]);
});

test('shows a chosen model that no longer exists', () => {
  const choices = modelChoices([account({ models: models('m') })]);
  expect(withChosen(choices, { accountId: 'a', model: 'm' }, 'gone')).toEqual(choices);
  expect(withChosen(choices, null, 'gone')).toEqual(choices);
  expect(withChosen(choices, { accountId: 'z', model: 'old' }, 'gone').at(-1)).toEqual({ value: 'z/old', label: 'old', note: 'gone' });
});

test('names a model by the file at the end of its path, and sends its whole id', () => {
  const path = '/home/me/models/mistral.gguf';
  const [choice] = modelChoices([account({ models: [{ id: path, name: path }] as never })]);
  expect(choice).toMatchObject({ label: 'mistral.gguf', title: path, value: `a/${path}` });
  expect(modelFromKey(choice?.value ?? '')).toEqual({ accountId: 'a', model: path });
  expect(withChosen([], { accountId: 'a', model: path }, 'gone')).toEqual([
    { value: `a/${path}`, label: 'mistral.gguf', title: path, note: 'gone' },
  ]);
});
