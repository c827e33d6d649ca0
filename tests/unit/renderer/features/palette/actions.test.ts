import { filterActions } from '@renderer/features/palette/actions';
import { expect, test } from 'vitest';

const actions = ['New chat', 'Go to Settings', 'Thème : Sombre'].map((label) => ({ label }));
const found = (query: string): string[] => filterActions(actions, query).map(({ label }) => label);

test('matches an action when each word begins a word of the label, ignoring accents and case', () => {
  expect(found('')).toHaveLength(3);
  expect(found('set go')).toEqual(['Go to Settings']);
  expect(found('theme SOM')).toEqual(['Thème : Sombre']);
  expect(found('hat')).toEqual([]);
  expect(filterActions([{ label: 'Œuvres' }], 'oeu')).toHaveLength(1);
});
