import { resolve } from 'node:path';
import { mergePassages, numberSources } from '@main/knowledge/context';
import { withConfidence } from '@main/knowledge/recognisedPassages';
import { createPrompts } from '@main/prompts/createPrompts';
import { insertBlob } from '@main/store/blobOwners';
import { citationsOf, replaceCitations } from '@main/store/citations';
import { insertConversation } from '@main/store/conversations';
import { insertDocument } from '@main/store/documents';
import { insertVersion } from '@main/store/documentVersions';
import { insertMessage } from '@main/store/messages';
import { openStore, type Store } from '@main/store/open';
import { saveRecognisedPage } from '@main/store/recognisedPages';
import { renderSources } from '@main/turns/promptParts';
import { defaultConversationSettings, newId, type Passage, placeOfLines, placeOfPage } from '@shared/model';
import { beforeEach, expect, it, onTestFinished } from 'vitest';
import { temporaryFolder } from '../../support/temporaryFolder';
import { passage } from '../chat/harness';

let store: Store;
const ids = { document: newId(), version: newId() };
beforeEach(() => {
  store = openStore({ dataFolder: temporaryFolder() });
  onTestFinished(() => store.close());
  const { db } = store;
  insertBlob(db, { hash: 'a'.repeat(64), size: 1, mime: 'application/pdf' }, 1);
  insertDocument(db, { id: ids.document, title: 'Scan', source: 'scan.pdf', titleOrigin: 'program' }, 1);
  insertVersion(db, { id: ids.version, documentId: ids.document, blobHash: 'a'.repeat(64), size: 1, mime: 'application/pdf' }, 1);
  const line = { words: [{ text: 'bees', box: [0, 0, 1, 1] as [number, number, number, number] }], ends: true };
  for (const [page, lines, confidence] of [
    [1, [line], 91.4],
    [2, [line], 62],
    [3, [], 0],
  ] as const)
    saveRecognisedPage(db, ids.version, page, { lines: [...lines], confidence, engine: 'x' }, 1);
});

const at = (from: number, to = from, fields: Partial<Passage> = {}): Passage =>
  passage({
    ...fields,
    text: fields.text ?? 'bees',
    versionId: ids.version,
    documentId: ids.document,
    place: { ...placeOfPage(from), to },
  });

it('marks passages of recognised pages by the least sure page, and no others', () => {
  const marked = withConfidence(store.db, [at(1), at(1, 2), at(3), at(4), passage({ text: 'x', versionId: ids.version })]);
  expect(marked.map(({ recognised }) => recognised)).toEqual([91.4, 62, undefined, undefined, undefined]);
});

it('keeps the less sure value where two neighbours become one source', () => {
  const neighbours = [at(1, 1, { text: 'The bees', recognised: 91 }), at(1, 1, { text: 'sleep.', start: 9, end: 15, recognised: 70 })];
  expect(mergePassages(neighbours)).toMatchObject([{ start: 0, end: 15, recognised: 70 }]);
  expect(mergePassages([at(1)])[0]).not.toHaveProperty('recognised');
});

it('says it of stored citations, and looks it up when they are read', () => {
  const { db } = store;
  const [conversation, message] = [newId(), newId()];
  insertConversation(db, { id: conversation, kind: 'chat', settings: defaultConversationSettings, now: 1 });
  const row = { id: message, conversationId: conversation, parentId: null, turnId: null, role: 'assistant', speaker: null } as const;
  insertMessage(db, { ...row, state: 'complete', text: 'Bees [1][2].', at: 1 });
  const cited = numberSources([
    at(2),
    passage({ text: 'x', versionId: ids.version, documentId: ids.document, place: placeOfLines({ from: 2, to: 2 }) }),
  ]);
  replaceCitations(
    db,
    message,
    cited.map((source) => ({ source, at: null })),
  );
  expect(
    citationsOf(db, [message])
      .get(message)
      ?.map(({ recognised }) => recognised),
  ).toEqual([62, undefined]);
});

it('tells a model where letters may be wrong, in its language', () => {
  const prompts = createPrompts({ folder: resolve('resources/prompts') });
  const sources = numberSources([at(2, 2, { recognised: 62 }), at(1, 1, { recognised: 91 })]);
  const [english, french] = [renderSources(prompts, 'en', sources), renderSources(prompts, 'fr', sources)];
  expect(english.match(/may have errors/g)).toHaveLength(1);
  expect(english).toContain('page 2; text recognised in a picture, may have errors"');
  expect(french).toContain('texte reconnu dans une image, peut comporter des erreurs"');
});
