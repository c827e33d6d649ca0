import { createCollections } from '@main/knowledge/collections';
import { createChangeBus } from '@main/store/changes';
import { collectionById, insertCollection, listCollections, setCollections } from '@main/store/collections';
import { editDocument, factsRead, resetTitle } from '@main/store/documentEdits';
import { distinctSql, documentFacets } from '@main/store/documentFacets';
import { documentCountQuery, documentListQuery, listDocuments } from '@main/store/documentList';
import { renameDocument } from '@main/store/documentNames';
import { notUsableSql, notUsableVersionIds, setPins } from '@main/store/documentPins';
import { addPlace } from '@main/store/documentPlaces';
import { countSearchable, currentVersionIds, scopeSql } from '@main/store/documentScope';
import { deleteDocument, documentById, insertDocument } from '@main/store/documents';
import { insertVersion, makeCurrent, moveVersions } from '@main/store/documentVersions';
import { forgetConversation } from '@main/store/forget';
import { openStore, type Store } from '@main/store/open';
import { listTags, removeTag, renameTag, restoreTag, tagDocuments } from '@main/store/tags';
import { insertFolder } from '@main/store/watchedFolders';
import { type DocumentFilter, EmergenceError, newId } from '@shared/model';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../support/temporaryFolder';

let store: Store;
beforeEach(() => {
  store = openStore({ dataFolder: temporaryFolder() });
});
afterEach(() => store.close());

let clock = 10;
const addVersion = (documentId: string, facts: { format?: string; lang?: string; author?: string; dated?: string } = {}): string => {
  const id = newId();
  clock += 1;
  insertVersion(store.db, { id, documentId, blobHash: id, size: 1, mime: 'text/plain' }, clock);
  const { format = 'text', lang = 'en', author = null, dated = null } = facts;
  store.db
    .prepare('UPDATE document_versions SET format = ?, lang = ?, author = ?, dated = ? WHERE id = ?')
    .run(format, lang, author, dated, id);
  return id;
};
const add = (title: string, facts: Parameters<typeof addVersion>[1] = {}): string => {
  const id = newId();
  clock += 1;
  insertDocument(store.db, { id, title, source: `${title}.txt` }, clock);
  const version = addVersion(id, facts);
  addPlace(store.db, version, { source: `${title}.txt`, key: `${title}.txt` }, clock);
  makeCurrent(store.db, version, clock);
  return id;
};
const collect = (name: string, parentId: string | null = null): string => {
  const id = newId();
  clock += 1;
  insertCollection(store.db, { id, name, origin: 'person', parentId }, clock);
  return id;
};
const titles = (filter: DocumentFilter): string[] =>
  listDocuments(store.db, { sort: 'title', descending: false, cursor: null, limit: 50, ...filter }).items.map(({ title }) => title);
const versionOf = (id: string): string => documentById(store.db, id)?.versionId ?? '';
/** The service, over the real store. */
const collections = () =>
  createCollections({
    db: store.db,
    changes: createChangeBus(),
    now: () => clock,
    context: {
      collection: (id: string) => {
        const found = collectionById(store.db, id);
        if (!found) throw new EmergenceError('not_found');
        return found;
      },
    } as Parameters<typeof createCollections>[0]['context'],
  });

describe('collections within collections', () => {
  it('counts, lists and asks a collection together with those below it', () => {
    const house = collect('House');
    const inner = collect('Kitchen', house);
    const innermost = collect('Stove', inner);
    const [roof, pan] = [add('Roof'), add('Pan')];
    add('Elsewhere');
    setCollections(store.db, roof, [house]);
    // A document that is in two of them counts once.
    setCollections(store.db, pan, [house, innermost]);
    expect(listCollections(store.db).map(({ name, documents }) => [name, documents])).toEqual([
      ['House', 2],
      ['Kitchen', 1],
      ['Stove', 1],
    ]);
    expect(titles({ collectionId: house })).toEqual(['Pan', 'Roof']);
    expect(titles({ collectionId: inner })).toEqual(['Pan']);
    expect(currentVersionIds(store.db, { documentIds: [], collectionIds: [inner] })).toEqual([versionOf(pan)]);
    expect(countSearchable(store.db, [house])).toBe(2);
  });

  it('refuses a circle, a parent that does not exist, and more than six levels', () => {
    const chain: string[] = [];
    for (const name of ['1', '2', '3', '4', '5', '6']) chain.push(collect(name, chain.at(-1) ?? null));
    const service = collections();
    const reason = (work: () => unknown): unknown => {
      try {
        work();
      } catch (error) {
        return error instanceof EmergenceError ? error.details.reason : error;
      }
      return null;
    };
    const [first = '', second = ''] = chain;
    expect(reason(() => service.moveCollection(first, chain.at(-1) ?? ''))).toBe('collection_circle');
    expect(reason(() => service.moveCollection(first, first))).toBe('collection_circle');
    expect(reason(() => service.moveCollection(first, newId()))).toBe('collection_parent');
    expect(reason(() => service.createCollection({ id: newId(), name: '7', parentId: chain.at(-1) ?? '' }))).toBe('collection_depth');
    const pair = collect('pair');
    collect('of pair', pair);
    expect(reason(() => service.moveCollection(pair, chain.at(-2) ?? ''))).toBe('collection_depth');
    expect(service.moveCollection(pair, chain.at(-3) ?? '').parentId).toBe(chain.at(-3));
    expect(service.moveCollection(second, null).parentId).toBeNull();
  });

  it('moves what lies in a deleted collection up, and puts it back with it', async () => {
    const service = collections();
    const top = collect('Top');
    const deleted = collect('Middle', top);
    const below = collect('Below', deleted);
    const document = add('Deed');
    setCollections(store.db, document, [deleted]);
    setPins(store.db, document, { collectionIds: [deleted], conversationIds: [] });
    await service.removeCollection(deleted);
    expect(collectionById(store.db, below)?.parentId).toBe(top);
    // Kept to a place that is gone, it is used nowhere rather than everywhere.
    expect(notUsableVersionIds(store.db, { conversationId: null })).toEqual([versionOf(document)]);
    service.restoreCollection(deleted);
    expect([collectionById(store.db, below)?.parentId, collectionById(store.db, deleted)?.parentId]).toEqual([deleted, top]);
    expect(documentById(store.db, document)).toMatchObject({ collectionIds: [deleted], pins: { collectionIds: [deleted] } });
  });

  it('merges a collection with all that names it, and takes the merge back', async () => {
    const service = collections();
    const [from, into] = [collect('From'), collect('Into')];
    const child = collect('Child', from);
    const [one, both, twin] = [add('One'), add('Both'), add('Twin')];
    setCollections(store.db, one, [from]);
    setCollections(store.db, both, [from, into]);
    setCollections(store.db, twin, [into]);
    setPins(store.db, one, { collectionIds: [from], conversationIds: [] });
    const folder = newId();
    insertFolder(store.db, { id: folder, path: '/notes', collectionId: from, root: '' }, 1);
    const [conversation, wide] = [newId(), newId()];
    for (const [id, ids] of [
      [conversation, [from]],
      [wide, [from, into]],
    ] as const)
      store.db
        .prepare("INSERT INTO conversations(id, kind, settings, created_at, updated_at) VALUES (?, 'chat', ?, 1, 1)")
        .run(id, JSON.stringify({ collectionIds: ids, documents: true }));
    const chosen = (id: string): unknown =>
      JSON.parse(store.db.prepare('SELECT settings FROM conversations WHERE id = ?').pluck().get(id) as string).collectionIds;
    const state = () => ({
      names: listCollections(store.db).map(({ name, parentId, documents }) => [name, parentId, documents]),
      members: [one, both, twin].map((id) => documentById(store.db, id)?.collectionIds.toSorted()),
      pins: documentById(store.db, one)?.pins,
      folder: store.db.prepare('SELECT collection_id FROM watched_folders').pluck().get(),
      chosen: [chosen(conversation), [...(chosen(wide) as string[])].toSorted()],
    });
    const before = state();
    const merged = await service.mergeCollections(from, into);
    expect(merged.documents).toBe(3);
    expect(state()).toEqual({
      names: [
        ['Into', null, 3],
        ['Child', into, 0],
      ],
      members: [[into], [into], [into]],
      pins: { collectionIds: [into], conversationIds: [] },
      folder: into,
      chosen: [[into], [into]],
    });
    expect(service.restoreCollection(from).name).toBe('From');
    expect(state()).toEqual(before);
    await expect(service.mergeCollections(from, child)).rejects.toMatchObject({ code: 'input.invalid' });
    expect(state()).toEqual(before);
  });
});

describe('tags', () => {
  const tagsOf = (id: string): string[] | undefined => documentById(store.db, id)?.tags;

  it('gives one tag for spellings of one word, and drops it with its last document', () => {
    const [one, two] = [add('One'), add('Two')];
    tagDocuments(store.db, [one, two], { add: ['Été', ' to  read '], remove: [] }, 1);
    tagDocuments(store.db, [one], { add: ['ETE', ''], remove: ['To Read'] }, 2);
    expect([tagsOf(one), tagsOf(two)]).toEqual([['Été'], ['Été', 'to read']]);
    expect(listTags(store.db).map(({ name, documents }) => [name, documents])).toEqual([
      ['Été', 2],
      ['to read', 1],
    ]);
    expect(titles({ tag: 'ete' })).toEqual(['One', 'Two']);
    deleteDocument(store.db, two);
    expect(listTags(store.db).map(({ name }) => name)).toEqual(['Été']);
    tagDocuments(store.db, [newId()], { add: ['nobody'], remove: [] }, 3);
    expect(listTags(store.db)).toHaveLength(1);
  });

  it('renames, merges and removes a tag everywhere, and brings it back', () => {
    const [one, two] = [add('One'), add('Two')];
    tagDocuments(store.db, [one], { add: ['law'], remove: [] }, 1);
    tagDocuments(store.db, [one, two], { add: ['legal'], remove: [] }, 1);
    const [law = '', legal = ''] = listTags(store.db).map(({ id }) => id);
    expect(renameTag(store.db, law, 'Droit')).toEqual({ id: law, gone: null });
    expect(tagsOf(one)).toEqual(['Droit', 'legal']);
    const merged = renameTag(store.db, legal, 'droit');
    expect([merged?.id, tagsOf(one), tagsOf(two)]).toEqual([law, ['Droit'], ['Droit']]);
    if (merged?.gone) restoreTag(store.db, merged.gone, 2);
    expect([tagsOf(one), tagsOf(two)]).toEqual([['Droit', 'legal'], ['legal']]);
    const gone = removeTag(store.db, legal);
    expect([tagsOf(one), tagsOf(two)]).toEqual([['Droit'], []]);
    if (gone) restoreTag(store.db, gone, 3);
    expect([tagsOf(one), tagsOf(two)]).toEqual([['Droit', 'legal'], ['legal']]);
    expect(renameTag(store.db, newId(), 'x')).toBeNull();
  });
});

describe('facts that the person writes', () => {
  it('keeps them when the file is read again, and goes back to the file', () => {
    const id = add('Report', { author: 'A. Reader', dated: '2019-03', lang: 'en' });
    expect(documentById(store.db, id)).toMatchObject({ author: 'A. Reader', dated: '2019-03', language: 'en', edited: [] });
    editDocument(store.db, id, { author: 'Ada', dated: '', language: 'fr' }, 1);
    renameDocument(store.db, id, 'My report', 2);
    makeCurrent(store.db, addVersion(id, { author: 'Somebody', dated: '2022', lang: 'de', format: 'pdf' }), 3);
    expect(documentById(store.db, id)).toMatchObject({
      ...{ title: 'My report', author: 'Ada', dated: null, language: 'fr', format: 'pdf' },
      edited: ['title', 'author', 'dated', 'language'],
    });
    expect(factsRead(store.db, id)).toEqual({ author: 'Somebody', dated: '2022', language: 'de' });
    expect(titles({ language: 'fr' })).toEqual(['My report']);
    editDocument(store.db, id, { author: null, dated: null }, 4);
    expect(documentById(store.db, id)).toMatchObject({ author: 'Somebody', dated: '2022', language: 'fr', edited: ['title', 'language'] });
    editDocument(store.db, id, { language: null }, 5);
    expect(resetTitle(store.db, id)).toBe(true);
    expect(documentById(store.db, id)).toMatchObject({ title: 'Report', language: 'de', edited: [] });
    expect(store.db.prepare('SELECT count(*) FROM document_edits').pluck().get()).toBe(0);
  });

  it('follows the version that answers when versions are moved between documents', () => {
    const [one, other] = [add('One', { lang: 'en', author: 'Ann' }), add('Other', { lang: 'fr', author: 'Bo' })];
    moveVersions(store.db, [versionOf(other)], one, 'person');
    expect(documentById(store.db, one)).toMatchObject({ author: 'Bo', language: 'fr' });
  });
});

describe('filters', () => {
  it('filters by type, language, tag, collection and dates together', () => {
    const house = collect('House');
    const [old, lately] = [
      add('Old', { format: 'pdf', lang: 'fr', dated: '1999' }),
      add('Lately', { format: 'pdf', lang: 'en', dated: '2024-05-17' }),
    ];
    add('Undated', { format: 'markdown', lang: 'en' });
    setCollections(store.db, old, [house]);
    tagDocuments(store.db, [old, lately], { add: ['deed'], remove: [] }, 1);
    expect(titles({ format: 'pdf' })).toEqual(['Lately', 'Old']);
    expect(titles({ language: 'en' })).toEqual(['Lately', 'Undated']);
    expect(titles({ datedFrom: '2024', datedTo: '2024' })).toEqual(['Lately']);
    expect(titles({ datedTo: '2024-05' })).toEqual(['Lately', 'Old']);
    expect(titles({ datedFrom: '2024-05-18' })).toEqual([]);
    expect(titles({ tag: 'deed', collectionId: house, format: 'pdf' })).toEqual(['Old']);
    const { createdAt } = documentById(store.db, lately) ?? { createdAt: 0 };
    expect(titles({ addedFrom: createdAt })).toEqual(['Lately', 'Undated']);
    expect(titles({ addedTo: createdAt })).toEqual(['Old']);
    expect(documentFacets(store.db)).toEqual({ formats: ['pdf', 'markdown'], languages: ['en', 'fr'] });
    expect(currentVersionIds(store.db, { documentIds: [], collectionIds: [], filter: { language: 'fr' } })).toEqual([versionOf(old)]);
    expect(currentVersionIds(store.db, { documentIds: [], collectionIds: [house], filter: { collectionId: house, tag: 'deed' } })).toEqual([
      versionOf(old),
    ]);
  });

  it('never scans a table for a list, a count, a scope or the choices of a filter', () => {
    const filters: DocumentFilter[] = [
      { format: 'pdf' },
      { language: 'en' },
      { tag: 'x' },
      { collectionId: newId() },
      { datedFrom: '2020', datedTo: '2021' },
      { addedFrom: 1, addedTo: 2 },
      { changedFrom: 1 },
      { format: 'pdf', language: 'en', tag: 'x', collectionId: newId(), datedFrom: '2020', addedFrom: 1 },
    ];
    const scans = ({ sql, params }: { sql: string; params: object }): string[] =>
      (store.db.prepare(`EXPLAIN QUERY PLAN ${sql}`).all(params) as { detail: string }[])
        .map(({ detail }) => detail)
        // Lists within the query have no index; a list of documents is walked in the order of an index.
        .filter(
          (line) =>
            /^SCAN/.test(line) &&
            !/VIRTUAL TABLE|CONSTANT ROW|^SCAN (?:within|seen|\(subquery|namesakes)|^SCAN d USING (?:COVERING )?INDEX/.test(line),
        )
        .filter((line) => !/^SCAN (?:o|n)\b/.test(line));
    for (const filter of filters) {
      const request = { ...filter, sort: 'updated', descending: true, cursor: null, limit: 50 } as const;
      const { where, params } = scopeSql({ documentIds: [], collectionIds: [newId()], filter, asker: { conversationId: newId() } });
      const queries = [
        documentListQuery(request, []),
        documentCountQuery(filter, []),
        { sql: `SELECT d.current_version FROM documents d WHERE ${where}`, params },
      ];
      for (const query of queries) expect(scans(query), JSON.stringify(filter)).toEqual([]);
    }
    for (const column of ['format', 'lang'] as const) expect(scans({ sql: distinctSql(column), params: {} })).toEqual([]);
    expect(scans({ sql: notUsableSql, params: { conversation: 'x', within: '[]' } })).toEqual([]);
  });
});

describe('documents that are used in some places only', () => {
  it('finds them in their conversations and collections, and by name, but nowhere else', async () => {
    const house = collect('House');
    const inner = collect('Kitchen', house);
    const conversation = newId();
    store.db
      .prepare("INSERT INTO conversations(id, kind, settings, created_at, updated_at) VALUES (?, 'chat', '{}', 1, 1)")
      .run(conversation);
    const [open, kept, shelved] = [add('Open'), add('Kept'), add('Shelved')];
    setCollections(store.db, kept, [house]);
    setPins(store.db, kept, { collectionIds: [], conversationIds: [conversation, newId()] });
    setPins(store.db, shelved, { collectionIds: [inner], conversationIds: [] });
    expect(documentById(store.db, kept)?.pins).toEqual({ collectionIds: [], conversationIds: [conversation] });
    const found = (asker: { conversationId: string | null } | undefined, collectionIds: string[] = [], documentIds: string[] = []) =>
      currentVersionIds(store.db, { documentIds, collectionIds, filter: { addedFrom: 0 }, asker }).toSorted();
    const ids = (...documents: string[]): string[] => documents.map(versionOf).toSorted();
    expect(found(undefined)).toEqual(ids(open, kept, shelved));
    expect(found({ conversationId: null })).toEqual(ids(open));
    expect(found({ conversationId: conversation })).toEqual(ids(open, kept));
    expect(found({ conversationId: newId() }, [house])).toEqual([]);
    setCollections(store.db, shelved, [inner]);
    // The outer collection asks those within it, and what is kept to these.
    expect(found({ conversationId: null }, [house])).toEqual(ids(shelved));
    expect(found({ conversationId: null }, [], [kept])).toEqual(ids(kept));
    expect(notUsableVersionIds(store.db, { conversationId: conversation })).toEqual(ids(shelved));
    expect(countSearchable(store.db, [], { conversationId: null })).toBe(1);
    await forgetConversation(store.db, conversation, 5);
    expect(documentById(store.db, kept)?.pins).toEqual({ collectionIds: [], conversationIds: [] });
    expect(notUsableVersionIds(store.db, { conversationId: conversation })).toEqual(ids(kept, shelved));
    setPins(store.db, kept, null);
    expect(found({ conversationId: null })).toEqual(ids(open, kept));
  });
});
