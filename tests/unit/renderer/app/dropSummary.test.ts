import { offerOf, partsOf } from '@renderer/app/dropSummary';
import { en } from '@renderer/locales/en';
import { fr } from '@renderer/locales/fr';
import { type Arrival, type ArrivalOutcome, newId } from '@shared/model';
import i18next from 'i18next';
import { expect, test } from 'vitest';

const arrival = (outcome: ArrivalOutcome, more: Partial<Arrival> = {}): Arrival => ({
  id: newId(),
  source: 'lease.md',
  outcome,
  documentId: newId(),
  versionId: newId(),
  title: 'Lease',
  decision: 'own',
  error: null,
  namesake: null,
  at: 1,
  ...more,
});

test.each([
  ['en', '3 added, 1 new version, 2 already there, 1 cannot be read'],
  ['fr', '3 ajoutés, 1 nouvelle version, 2 déjà là, 1 illisible'],
] as const)('summarises a drop in one sentence: %s', async (lng, sentence) => {
  const i18n = i18next.createInstance();
  await i18n.init({ lng, resources: { en, fr }, defaultNS: 'common', interpolation: { escapeValue: false } });
  const parts = partsOf({ added: 3, version: 1, known: 2, unreadable: 1, reading: 0, open: 0, gone: 4 }, 0);
  expect(parts.map(({ part, count }) => i18n.t(`drop.sum.${part}`, { count })).join(', ')).toBe(sentence);
});

test('counts files that were lost on the way, but not those still being read', () => {
  expect(partsOf({ added: 1, reading: 5 }, 2)).toEqual([
    { part: 'added', count: 1 },
    { part: 'lost', count: 2 },
  ]);
});

test('offers the other choice for one decision, and the list for several or a failure', () => {
  const namesake = { documentId: newId(), title: 'Lease' };
  const version = arrival('version');
  const added = arrival('added', { namesake });
  expect(offerOf({ version: 1, added: 2 }, [version, arrival('added')])).toEqual({ kind: 'separate', arrival: version });
  expect(offerOf({ added: 1 }, [added])).toEqual({ kind: 'join', arrival: added, into: namesake });
  expect(offerOf({ added: 1, version: 1 }, [added, version])).toEqual({ kind: 'details' });
  expect(offerOf({ version: 1, unreadable: 1 }, [version])).toEqual({ kind: 'details' });
  expect(offerOf({ added: 1, passed: 3 }, [arrival('added')])).toEqual({ kind: 'details' });
  expect(offerOf({ added: 1, known: 1 }, [arrival('added'), arrival('known')])).toEqual({ kind: 'library' });
});
