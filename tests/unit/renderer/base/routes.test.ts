import { sections } from '@renderer/app/sections';
import {
  conversationRoutes,
  currentPath,
  goTo,
  hrefTo,
  isOpen,
  memoryPages,
  type Place,
  pathTo,
  placeAt,
  type RouteName,
  routes,
  sectionAt,
  settingsPages,
  withoutMessage,
} from '@renderer/base/routes';
import { conversationKinds, metricsSections } from '@shared/model';
import { afterEach, expect, test, vi } from 'vitest';

/** One place or more of every route, with its path. */
const known: { [Name in RouteName]: [Place & { name: Name }, string][] } = {
  chat: [[{ name: 'chat' }, '/chat']],
  conversation: [
    [{ name: 'conversation', id: 'c' }, '/chat/c'],
    [{ name: 'conversation', id: 'c', messageId: 'm' }, '/chat/c/m'],
  ],
  debates: [[{ name: 'debates' }, '/debates']],
  debate: [
    [{ name: 'debate', id: 'd' }, '/debates/d'],
    [{ name: 'debate', id: 'd', messageId: 'm' }, '/debates/d/m'],
  ],
  library: [[{ name: 'library' }, '/library']],
  attention: [[{ name: 'attention' }, '/library/attention']],
  collection: [[{ name: 'collection', id: 'x' }, '/library/collections/x']],
  folder: [[{ name: 'folder', id: 'x' }, '/library/folders/x']],
  document: [
    [{ name: 'document', id: 'y' }, '/library/documents/y'],
    [{ name: 'document', id: 'a/b ?%é' }, '/library/documents/a%2Fb%20%3F%25%C3%A9'],
  ],
  memory: memoryPages.map((page) => [{ name: 'memory', page }, page === 'live' ? '/memory' : `/memory/${page}`]),
  memoryItem: [[{ name: 'memoryItem', id: 'i' }, '/memory/i']],
  metrics: metricsSections.map((page) => [{ name: 'metrics', page }, page === 'overview' ? '/metrics' : `/metrics/${page}`]),
  settings: settingsPages.map((page) => [{ name: 'settings', page }, page === 'general' ? '/settings' : `/settings/${page}`]),
};

const visit = (hash: string): void => {
  vi.stubGlobal('location', { hash, assign: visit });
};
afterEach(() => vi.unstubAllGlobals());

test.each(Object.values(known).flat())('formats %j as %s, and parses it back', ({ name, ...params }, path) => {
  const { format, parse } = routes[name] as { format(params: object): string; parse(path: string): object | null };
  expect(format(params)).toBe(path);
  expect(parse(path)).toEqual(params);
  expect(placeAt(path)).toEqual({ name, ...params });
  // No other route takes the path.
  expect((Object.keys(routes) as RouteName[]).filter((other) => routes[other].parse(path) !== null)).toEqual([name]);
});

test('leads an unknown path to the first page of its section, and the empty one to a new chat', () => {
  expect(['', '/', '/chat/', '/chat/c/m/more'].map(placeAt)).toEqual(Array(4).fill({ name: 'chat' }));
  expect(placeAt('/debates/d/m/more')).toEqual({ name: 'debates' });
  expect(['/library/nowhere', '/library/documents', '/library/collections/'].map(placeAt)).toEqual(Array(3).fill({ name: 'library' }));
  expect(['/metrics/nowhere', '/metrics/overview', '/metrics?a'].map(placeAt)).toEqual(
    Array(3).fill({ name: 'metrics', page: 'overview' }),
  );
  expect(['/settings/nowhere', '/settings/general'].map(placeAt)).toEqual(Array(2).fill({ name: 'settings', page: 'general' }));
});

test('knows no place outside the sections, nor does a name that only begins like one', () => {
  expect(['/nowhere', '/chats', '/toString', '/%'].map((path) => [placeAt(path), sectionAt(path)])).toEqual(Array(4).fill([null, null]));
});

test('enters each section at its own first page', () => {
  for (const { id, path, icon } of sections) {
    expect(placeAt(`/${id}/nowhere/at/all`)).toEqual(placeAt(path));
    expect([sectionAt(path), routes[id].icon]).toEqual([id, icon]);
  }
});

test('opens a conversation of each kind at a place of its own', () => {
  const paths = conversationKinds.map((kind) => pathTo(conversationRoutes[kind], { id: 'c', messageId: 'm' }));
  expect(paths).toEqual(['/chat/c/m', '/debates/c/m']);
  expect(paths.map(withoutMessage)).toEqual(['/chat/c', '/debates/c']);
  expect(['/library/documents/y', '/nowhere/a/b'].map(withoutMessage)).toEqual(['/library/documents/y', '/nowhere/a/b']);
});

test('goes to a place, which is then open, and no other whose id begins alike', () => {
  visit('#/');
  goTo('conversation', { id: 'c', messageId: 'm' });
  expect(currentPath()).toBe('/chat/c/m');
  expect([isOpen('conversation', { id: 'c' }), isOpen('conversation', { id: 'c1' }), isOpen('chat')]).toEqual([true, false, false]);
  goTo('settings', { page: 'data' });
  expect([currentPath(), hrefTo('settings', { page: 'data' })]).toEqual(['/settings/data', '#/settings/data']);
});
