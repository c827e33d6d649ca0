import { globSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createHabitBook } from '@main/providers/habits';
import { createSettings } from '@main/settings/settings';
import { createChangeBus } from '@main/store/changes';
import { citationsOf, scoresOfCitation } from '@main/store/citations';
import { findConversation } from '@main/store/conversations';
import type { WritableDb } from '@main/store/database';
import { findDebate } from '@main/store/debates';
import { followVersion } from '@main/store/documentNames';
import { documentById } from '@main/store/documents';
import { versionById } from '@main/store/documentVersions';
import { jobById } from '@main/store/jobs';
import { openLibraryReader } from '@main/store/libraryReader';
import { lastRuns } from '@main/store/memoryRuns';
import { findUndo, type MemoryUndo } from '@main/store/memoryUndos';
import { findMessage } from '@main/store/messages';
import { migrate } from '@main/store/migrate';
import { readProviderAccount } from '@main/store/providerAccounts';
import { recognisedLines } from '@main/store/recognisedPages';
import { findTurn, sourcesOfMessage } from '@main/store/turns';
import { turnedDown } from '@main/store/uploads';
import { countedPoints } from '@main/telemetry/measured';
import { newId } from '@shared/model';
import Database from 'better-sqlite3';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openAgents } from '../../support/agents';

const ids = {
  conversation: newId(),
  answer: newId(),
  turn: newId(),
  document: newId(),
  version: newId(),
  other: newId(),
  collection: newId(),
  citation: newId(),
  job: newId(),
  upload: newId(),
  account: newId(),
  undo: newId(),
};
const folder = mkdtempSync(join(tmpdir(), 'emergence-'));
const path = join(folder, 'emergence.db');
let db: WritableDb;
const changes = createChangeBus();
const log = pino({ level: 'silent' });

const insert = (table: string, row: Record<string, string | number | null>): void => {
  const names = Object.keys(row);
  db.prepare(`INSERT INTO ${table}(${names.map((name) => `"${name}"`).join(', ')}) VALUES (${names.map(() => '?').join(', ')})`).run(
    Object.values(row),
  );
};

beforeAll(() => {
  db = new Database(path);
  db.pragma('journal_mode = WAL');
  migrate(db);
  const at = { created_at: 1, updated_at: 1 };
  insert('conversations', { id: ids.conversation, kind: 'debate', active_leaf: ids.answer, settings: '{}', ...at });
  const message = { id: ids.answer, conversation_id: ids.conversation, parent_id: null, turn_id: ids.turn };
  insert('messages', { ...message, role: 'assistant', speaker: 'neo', state: 'complete', text: 'Lime [1].', at: 1, tz_offset: 60 });
  const turn = { id: ids.turn, conversation_id: ids.conversation, message_id: ids.answer, kind: 'debate', agent_id: 'neo', seat: 0 };
  insert('turns', { ...turn, state: 'done', params: '{}', created_at: 1 });
  insert('debates', { conversation_id: ids.conversation, topic: 'Do roses want lime?', config: '{}', round: 1, state: 'done', ...at });
  insert('documents', {
    id: ids.document,
    title: 'roses',
    title_origin: 'program',
    source: 'roses.pdf',
    current_version: ids.version,
    ...at,
  });
  const version = { id: ids.version, document_id: ids.document, ordinal: 1, blob_hash: 'hash', size: 1, mime: 'application/pdf' };
  insert('document_versions', { ...version, state: 'ready', created_at: 1 });
  insert('web_pages', { version_id: ids.version, address: 'a', final_address: 'a', file_name: 'page.html', fetched_at: 1, checked_at: 1 });
  insert('version_texts', { version_id: ids.version, start: 0, text: 'Roses want lime.' });
  const lines = { line_start: 1, line_end: 1, heading_path: '[]' };
  insert('version_chunks', { version_id: ids.version, ordinal: 0, start: 0, end: 16, ...lines });
  insert('recognised_pages', { version_id: ids.version, page: 1, lines: '[]', words: 1, confidence: 90, engine: 'x', at: 1 });
  const place = { marker: 1, version_id: ids.version, title: 'Roses', start: 0, end: 16, quote: 'Roses want lime.', ...lines };
  insert('citations', { id: ids.citation, message_id: ids.answer, ...place, scores: '{}' });
  const job = { id: ids.job, kind: 'ingest', subject_id: ids.other, title: 'Roses', stage: 'reading', state: 'failed' };
  insert('jobs', { ...job, progress: 0, attempts: 1, ...at });
  insert('uploads', { id: ids.upload, source: 'a.zip', size: 1, state: 'refused', created_at: 1 });
  insert('agents', { id: 'neo', config: '{}' });
  const account = { id: ids.account, preset: 'custom', name: 'One', base_url: 'http://one.example/v1', enabled: 1, detected: 0 };
  insert('provider_accounts', { ...account, position: 0, models: '[]' });
  insert('model_habits', { account_id: ids.account, model: 'm', address: 'a', habits: '{}', at: 1 });
  insert('memory_runs', { id: ids.job, at: 1, report: '{}' });
  insert('memory_undos', { id: ids.undo, at: 1, record: '{}' });
  insert('settings', { key: 'search.endpoint', value: 'null' });
  insert('metric_series', { id: 1, name: 'chat_turns_total', labels: '{}' });
  insert('metric_points', { series_id: 1, bucket: '', t: 1, value: 2 });
});
afterAll(() => {
  db.close();
  rmSync(folder, { recursive: true });
});

const error = { code: 'provider.auth', message: 'No', action: 'none', details: { provider: 'One', status: 401 } };
const usage = { inputTokens: 120, outputTokens: 9, cachedTokens: 3, estimated: false, costNano: 5 };
const info = { provider: 'One', model: 'm', usage, firstWordMs: 12.5, ms: 80.25, fallback: null, support: 'strong', passages: 1, given: 1 };
const { given: _since, ...infoBefore } = info;
const whole = {
  state: 'read',
  documentIds: [ids.document],
  versionId: ids.version,
  pages: 12,
  parts: 3,
  kept: 3,
  inputTokens: 9000,
  outputTokens: 900,
  costNano: 5,
  model: 'm',
  local: false,
};
const model = { accountId: ids.account, model: 'm' };
/** The fields in which a source named its place before it had one form. */
const older = { page: 2, pageEnd: 3, lineStart: 1, lineEnd: 4, headingPath: ['Garden'] };
const lines = { from: 1, to: 4 };
const place = { kind: 'page', label: 'ii', from: 2, to: 3, headings: ['Garden'], lines };
const source = {
  versionId: ids.version,
  documentId: ids.document,
  title: 'Roses',
  start: 0,
  end: 16,
  text: 'Roses want lime.',
  place,
  score: 0.5,
  scores: { cosine: 0.5 },
  marker: 1,
};
const parts = [{ start: 0, end: 5, lineStart: 1 }];
const { place: _, ...unplaced } = source;
const sourcesWith = (fields: object) => ({ sources: [{ ...unplaced, ...fields, parts }], support: 'weak' });
const seat = (part: string) => ({ agentId: 'neo', part, side: `For ${part}`, model });
const config = {
  topic: 'Do roses want lime?',
  debaters: [seat('attacker'), seat('challenger')],
  mediator: seat('mediator'),
  rounds: 2,
  documents: true,
  collectionIds: [ids.collection],
};
const listed = { id: 'm', name: 'M', contextTokens: 8000, priceInput: 1, priceOutput: 2, priceCached: 0.5, pricedAt: '2026-11-01' };
const test = { at: 1, ok: false, ms: 40, error };

const counts = { mentions: 2, uses: 1, vitality: 0.5, firstMentionAt: 1, lastMentionAt: 2, lastUsedAt: null };
const sources = [{ message_id: ids.answer, start: 0, learnt_key: 'k' }];
const relations = {
  id: ids.other,
  sources,
  uses: [ids.answer],
  tags: ['garden'],
  conflicts: [{ other: ids.job, at: 1 }],
  older: [ids.turn],
};
const before = { ...counts, confirmed: false, protected: true, deletedAt: null, supersededBy: null, validTo: null, relations };
const merge: MemoryUndo = { kind: 'merge', into: ids.other, before, after: counts, others: [{ deletedAt: null, relations }] };
const split: MemoryUndo = {
  kind: 'split',
  id: ids.other,
  deletedAt: null,
  tags: ['garden'],
  parts: [{ id: ids.job, mentions: 1, uses: 0 }],
};

interface Cell {
  /** Each shape that a release wrote, the newest and most complete last, and the value read from it where it differs. */
  shapes: { stored: unknown; read?: unknown }[];
  read: () => unknown;
  /** Fields without which their object is useless; paths with `*` for any place in a list. */
  essential?: string[];
}
const ofError = ['code', 'message', 'action', 'details'];

const cells: Record<string, Cell> = {
  'conversations.settings': {
    shapes: [
      {
        stored: { documents: false, collectionIds: [ids.collection], agentId: 'neo', model },
        read: { documents: false, collectionIds: [ids.collection], agentId: 'neo', model, learning: true, private: false },
      },
      { stored: { documents: false, collectionIds: [], agentId: 'neo', model, learning: false, private: true } },
    ],
    read: () => findConversation(db, ids.conversation)?.settings,
    essential: ['model.accountId', 'model.model'],
  },
  'messages.info': {
    shapes: [
      {
        stored: { ...info, usage: { ...usage, inputTokens: 12.4, costNano: null } },
        read: { ...info, usage: { ...usage, inputTokens: 12, costNano: null } },
      },
      { stored: { ...info, usage: null, fallback: { from: 'n', reason: 'provider.auth' } } },
      { stored: info },
      { stored: infoBefore, read: { ...info, given: 0 } },
      { stored: { ...info, memories: 2, recalled: [ids.other] } },
      { stored: { ...info, asked: { intent: 'followup', searchedAs: 'the rent, in 2023' } } },
      { stored: { ...info, asked: { intent: 'listing', listed: { total: 3, shown: 3, text: 'bees', collectionIds: [] } } } },
      { stored: { ...info, asked: { intent: 'document', whole } } },
      { stored: { ...info, check: { version: 1, marks: [{ start: 3, end: 9, kind: 'number', cited: true }] } } },
    ],
    read: () => findMessage(db, ids.answer)?.info,
    // A check without one of its fields is left out whole: it can be made again.
    essential: [
      ...['usage.inputTokens', 'usage.outputTokens', 'check.version', 'check.marks', 'asked.intent'],
      ...['total', 'shown', 'text', 'collectionIds'].map((field) => `asked.listed.${field}`),
      ...Object.keys(whole).map((field) => `asked.whole.${field}`),
      ...['start', 'end', 'kind', 'cited'].map((field) => `check.marks.*.${field}`),
    ],
  },
  'messages.error': { shapes: [{ stored: error }], read: () => findMessage(db, ids.answer)?.error, essential: ofError },
  'messages.thinking': {
    shapes: [{ stored: { text: 'Hm.', ms: 300, cut: true } }],
    read: () => findMessage(db, ids.answer)?.thinking,
    essential: ['text'],
  },
  'turns.params': {
    shapes: [
      { stored: {} },
      { stored: { replaced: null } },
      {
        stored: {
          replaced: { from: 'm', to: null, reason: 'provider.auth' },
          summary: { text: 'All.', upTo: 'x' },
          condensed: { summarised: 2, leftOut: 1 },
        },
      },
      { stored: { about: { documentId: ids.document, whole: true }, confirmed: true } },
      { stored: { about: { documentId: ids.document } }, read: { about: { documentId: ids.document, whole: false } } },
    ],
    read: () => findTurn(db, ids.turn)?.params,
    essential: [
      'replaced.from',
      'replaced.to',
      'replaced.reason',
      'summary.text',
      'summary.upTo',
      'condensed.summarised',
      'condensed.leftOut',
      'about.documentId',
    ],
  },
  'web_pages.error': { shapes: [{ stored: error }], read: () => versionById(db, ids.version)?.web?.error, essential: ofError },
  'turns.error': { shapes: [{ stored: error }], read: () => findTurn(db, ids.turn)?.error, essential: ofError },
  'turns.sources': {
    shapes: [
      { stored: sourcesWith(older), read: sourcesWith({ place: { ...place, label: '' } }) },
      { stored: sourcesWith({ ...older, pageEnd: null }), read: sourcesWith({ place: { ...place, label: '', to: 2 } }) },
      {
        stored: sourcesWith({ ...older, page: null, pageEnd: null }),
        read: sourcesWith({ place: { kind: 'lines', label: '', ...lines, headings: ['Garden'] } }),
      },
      {
        stored: sourcesWith({ lineStart: 1, lineEnd: 4 }),
        read: sourcesWith({ place: { kind: 'lines', label: '', ...lines, headings: [] } }),
      },
      { stored: { sources: [source], support: null } },
      { stored: { sources: [{ ...source, parts }], support: 'weak' } },
      { stored: { sources: [{ ...source, units: [{ start: 0, from: 2 }] }], support: 'weak' } },
      {
        stored: {
          sources: [
            { ...source, parts, format: 'pdf' },
            { ...source, marker: 2 },
          ],
          support: 'strong',
        },
      },
    ],
    read: () => sourcesOfMessage(db, ids.answer),
    essential: [
      'sources',
      ...['marker', 'versionId', 'documentId', 'start', 'end', 'text', 'place'].map((field) => `sources.*.${field}`),
      ...['kind', 'from', 'to', 'lines.from', 'lines.to'].map((field) => `sources.*.place.${field}`),
      'sources.*.parts.*.start',
      'sources.*.parts.*.end',
      'sources.*.parts.*.lineStart',
    ],
  },
  'debates.config': {
    shapes: [{ stored: config }],
    read: () => findDebate(db, ids.conversation)?.config,
    essential: [
      'debaters',
      'mediator',
      'debaters.*.agentId',
      'debaters.*.part',
      'mediator.agentId',
      'mediator.part',
      'debaters.*.model.accountId',
      'debaters.*.model.model',
      'mediator.model.accountId',
      'mediator.model.model',
    ],
  },
  'debates.error': { shapes: [{ stored: error }], read: () => findDebate(db, ids.conversation)?.error, essential: ofError },
  'memory_runs.report': {
    shapes: [{ stored: { archived: [ids.other], emptied: 2, live: 9 } }],
    read: () => lastRuns(db, 1)[0]?.report,
  },
  'agents.config': {
    shapes: [
      {
        stored: { model, temperature: 0.3, maxOutputTokens: 500 },
        read: { model, temperature: 0.3, maxOutputTokens: 500, learns: true },
      },
      { stored: { model, temperature: 0.3, maxOutputTokens: 500, learns: false } },
    ],
    read: () => {
      const { model, temperature, maxOutputTokens, learns } = openAgents({ db, changes }).get('neo');
      return { model, temperature, maxOutputTokens, learns };
    },
    essential: ['model.accountId', 'model.model'],
  },
  'provider_accounts.models': {
    shapes: [
      { stored: [{ ...listed, edited: false }] },
      { stored: [{ ...listed, edited: true, kind: 'embedding' }] },
      { stored: [{ ...listed, edited: false, added: true }] },
      {
        stored: [
          { ...listed, edited: true, kind: 'other', remote: true },
          { ...listed, id: 'n', edited: false },
        ],
      },
    ],
    read: () => readProviderAccount(db, ids.account)?.models,
    essential: ['*.id'],
  },
  'provider_accounts.last_test': {
    shapes: [{ stored: { ...test, ok: true, error: null } }, { stored: test }, { stored: { ...test, skipped: 2 } }],
    read: () => readProviderAccount(db, ids.account)?.lastTest,
    essential: ['at', 'ok', ...ofError.map((field) => `error.${field}`)],
  },
  'model_habits.habits': {
    shapes: [{ stored: { without: ['usage', 'window'], otherLimit: true, mostOutput: 4096 } }],
    read: () => createHabitBook(db, () => 1).of({ accountId: ids.account, model: 'm', address: 'a' }),
  },
  'document_versions.meta': {
    shapes: [
      { stored: {}, read: { title: 'roses', unreadPages: [] } },
      { stored: { title: 'Roses' }, read: { title: 'Roses', unreadPages: [] } },
      { stored: { title: 'Roses', unreadPages: [2, 5] } },
    ],
    read: () => {
      followVersion(db, ids.document);
      const document = documentById(db, ids.document);
      return { title: document?.title, unreadPages: document?.unreadPages };
    },
  },
  'document_versions.error': { shapes: [{ stored: error }], read: () => versionById(db, ids.version)?.error, essential: ofError },
  'recognised_pages.lines': {
    shapes: [
      { stored: [] },
      { stored: [{ words: [{ text: 'Roses', box: [0.1, 0.1, 0.2, 0.12] }], ends: true }] },
      { stored: [{ words: [{ text: 'Roses', box: [0.1, 0.1, 0.12, 0.2] }], ends: true, turn: 90 }] },
    ],
    read: () => recognisedLines(db, ids.version, 1),
    // A page whose words are damaged is shown without them: words without their places could not be marked.
    essential: ['*.words', '*.words.*.text', '*.words.*.box', '*.ends', '*.turn'],
  },
  'version_chunks.heading_path': {
    shapes: [{ stored: [] }, { stored: ['Garden', 'Roses'] }],
    read: () => {
      const reader = openLibraryReader(path);
      const read = reader.passage(ids.version, 0)?.place.headings;
      reader.close();
      return read;
    },
  },
  'citations.heading_path': {
    shapes: [{ stored: [] }, { stored: ['Garden', 'Roses'] }],
    read: () => citationsOf(db, [ids.answer]).get(ids.answer)?.[0]?.place.headings,
  },
  'citations.scores': {
    shapes: [{ stored: {} }, { stored: { score: 0.9, lexical: 1, reference: 2 } }],
    read: () => scoresOfCitation(db, ids.answer, 1),
  },
  'jobs.error': { shapes: [{ stored: error }], read: () => jobById(db, ids.job)?.error, essential: ofError },
  'uploads.error': { shapes: [{ stored: error }], read: () => turnedDown(db, 'refused', 1)[0]?.error, essential: ofError },
  'memory_undos.record': {
    shapes: [{ stored: merge }, { stored: split }],
    read: () => findUndo(db, ids.undo)?.undo,
    // A part of what was changed would take a part of it back: then nothing is offered.
    essential: ['kind', 'id', 'deletedAt', 'tags', 'parts', 'parts.*.id', 'parts.*.mentions', 'parts.*.uses'],
  },
  'settings.value': {
    shapes: [{ stored: null }, { stored: { accountId: ids.account, model: 'm' } }],
    read: () => createSettings({ db, changes, log }).get().search.endpoint,
    essential: ['accountId', 'model'],
  },
  'metric_series.labels': {
    shapes: [{ stored: {} }, { stored: { outcome: 'done', agent: 'neo' } }],
    read: () => countedPoints(db, 'chat_turns_total', { from: 0, to: 2 })[0]?.labels,
  },
};

const put = (cell: string, value: unknown): void => {
  const [table, column] = cell.split('.');
  db.prepare(`UPDATE ${table} SET "${column}" = ?`).run(JSON.stringify(value));
};

type Path = (string | number)[];
const entriesOf = (value: unknown): [string | number, unknown][] => {
  if (Array.isArray(value)) return [...value.entries()];
  return typeof value === 'object' && value !== null ? Object.entries(value) : [];
};
/** The path of every field of the objects in a value. */
const fieldsOf = (value: unknown, at: Path = []): Path[] =>
  entriesOf(value).flatMap(([key, inner]) => [...(typeof key === 'string' ? [[...at, key]] : []), ...fieldsOf(inner, [...at, key])]);
/** The path and the value of everything in a value that is no object and no list. */
const leavesOf = (value: unknown, at: Path = []): [string, unknown][] => {
  const entries = entriesOf(value);
  return entries.length > 0 ? entries.flatMap(([key, inner]) => leavesOf(inner, [...at, key])) : [[at.join('.'), value]];
};
const without = (value: unknown, [key, ...rest]: Path): unknown => {
  const entries = entriesOf(value).flatMap(([name, inner]) => {
    if (name !== key) return [[name, inner] as const];
    return rest.length > 0 ? [[name, without(inner, rest)] as const] : [];
  });
  return Array.isArray(value) ? entries.map(([, inner]) => inner) : Object.fromEntries(entries);
};
const named = (path: Path): string => path.map((key) => (typeof key === 'number' ? '*' : key)).join('.');

describe.each(Object.entries(cells))('%s', (cell, { shapes, read, essential = [] }) => {
  it('reads every shape that a release wrote', () => {
    for (const { stored, read: expected = stored } of shapes) {
      put(cell, stored);
      expect(read()).toEqual(expected);
    }
  });

  it('keeps all other fields where a row of an older version lacks one', () => {
    const whole = shapes.at(-1)?.stored;
    put(cell, whole);
    const all = leavesOf(read());
    for (const path of fieldsOf(whole).filter((field) => !essential.includes(named(field)))) {
      put(cell, without(whole, path));
      const others = all.filter(([leaf]) => leaf !== path.join('.') && !leaf.startsWith(`${path.join('.')}.`));
      expect(leavesOf(read()), `without ${path.join('.')}`).toEqual(expect.arrayContaining(others));
    }
  });

  it('reads past a cell that holds no JSON', () => {
    const [table, column] = cell.split('.');
    db.prepare(`UPDATE ${table} SET "${column}" = '{"half'`).run();
    expect(read).not.toThrow();
  });
});

/** JSON that is written but not read by the program. */
const onlyWritten = ['memory_uses.scores'];
/** Columns of words, ids and names, in any table. */
const plain = new Set(
  `id conversation_id message_id turn_id question_id document_id version_id collection_id upload_id parent_id drop_id into_id subject_id account_id
   agent_id prompt_version_id active_leaf current_version blob_hash hash text_hash key secret_ref key_mask key_address name title title_origin title_key
   search_key source topic kind role speaker part state stage origin preset base_url default_model purpose provider model outcome error_code text
   mime format parser parser_version engine lang decision label place_kind place_label quote address bucket owner_kind owner_id
   container_id member_id undo_id final_address file_name charset encoding folder_id path dir place root inode problem ignore_lines
   item_id other_id run_id superseded_by up_to_message subject subject_key attribute memory_items.value normal tag type analyser learnt_key
   colour tag_id author dated language`.split(/\s+/),
);

it('lists every column of text as JSON or plain: add a new one there', () => {
  const tables = db.prepare("SELECT name FROM sqlite_master WHERE type = 'table' AND sql LIKE '%STRICT%'").pluck().all() as string[];
  const found = tables.flatMap((table) =>
    (db.pragma(`table_info(${table})`) as { name: string; type: string }[])
      .filter(({ type, name }) => type === 'TEXT' && !plain.has(name) && !plain.has(`${table}.${name}`))
      .map(({ name }) => `${table}.${name}`),
  );
  expect(found.sort()).toEqual([...Object.keys(cells), ...onlyWritten].sort());
});

it('parses stored JSON in one place and casts none', () => {
  const sources = globSync('src/main/**/*.ts').map((file) => ({ file: file.replaceAll('\\', '/'), text: readFileSync(file, 'utf8') }));
  const casts = sources.filter(({ text }) => /(?:JSON\.parse|parseJson)\((?:[^()]|\([^()]*\))*\)+ as /.test(text));
  const parsers = sources.filter(({ file, text }) => file.startsWith('src/main/store/') && text.includes('JSON.parse('));
  expect({ casts: casts.map(({ file }) => file), parsers: parsers.map(({ file }) => file) }).toEqual({
    casts: [],
    parsers: ['src/main/store/json.ts'],
  });
});
