import { z } from 'zod';

/**
 * The answers for other programs, field by field and apart from the schemas of the model, so that those can change. A field may be
 * added here; none may be removed, renamed or given another meaning. `docs/openapi.json` is the frozen form, and a test compares
 * it.
 */
const id = z.uuid();
const integer = z.number().int();

export const modelRef = z.object({ accountId: id, model: z.string().min(1) });

export const conversationSettings = z.object({
  documents: z.boolean(),
  collectionIds: z.array(id),
  agentId: z.string(),
  model: modelRef.nullable(),
});

export const conversation = z.object({
  id,
  kind: z.enum(['chat', 'debate']),
  title: z.string(),
  titleOrigin: z.enum(['none', 'auto', 'person']),
  activeLeaf: id.nullable(),
  settings: conversationSettings,
  pinned: z.boolean(),
  archivedAt: integer.nullable(),
  deletedAt: integer.nullable(),
  createdAt: integer,
  updatedAt: integer,
  answering: z.boolean(),
});

/** Codes and actions are added with every release: a reader must accept unknown ones. */
const errorRecord = z.object({
  code: z.string(),
  message: z.string(),
  action: z.string(),
  details: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
});

const usage = z.object({
  inputTokens: integer,
  outputTokens: integer,
  cachedTokens: integer,
  estimated: z.boolean(),
  costNano: integer.nullable(),
});

const support = z.enum(['strong', 'weak', 'none']);
const format = z.enum([
  'pdf',
  'docx',
  'markdown',
  'text',
  'html',
  'xlsx',
  'xls',
  'ods',
  'csv',
  'pptx',
  'odp',
  'odt',
  'rtf',
  'epub',
  'code',
  'json',
  'yaml',
  'xml',
  'subtitles',
  'notebook',
  'latex',
  'outline',
  'image',
  'eml',
  'mbox',
  'msg',
  'zip',
]);

/** The one form of a place in a document; the fields `page` to `headingPath` beside it say less, and stay. */
const lines = z.object({ from: integer, to: integer });
const place = z.object({
  kind: z.enum(['page', 'lines', 'sheet', 'slide', 'chapter', 'part', 'cell', 'time']),
  label: z.string(),
  from: integer,
  to: integer,
  headings: z.array(z.string()),
  lines: lines.optional(),
});

const passage = z.object({
  versionId: id,
  documentId: id,
  title: z.string(),
  start: integer,
  end: integer,
  text: z.string(),
  place,
  page: integer.nullable(),
  pageEnd: integer.nullable(),
  lineStart: integer,
  lineEnd: integer,
  headingPath: z.array(z.string()),
  format: format.nullable().optional(),
  score: z.number(),
  scores: z.record(z.string(), z.number()),
  matches: z.array(z.tuple([integer, integer])),
});

const source = passage.omit({ matches: true }).extend({
  marker: integer.min(1),
  parts: z.array(z.object({ start: integer, end: integer, lineStart: integer })).optional(),
});

const citation = z.object({
  id,
  messageId: id,
  marker: integer.min(1),
  at: z.object({ start: integer, end: integer }).nullable(),
  documentId: id.nullable(),
  versionId: id,
  title: z.string(),
  start: integer,
  end: integer,
  quote: z.string(),
  place,
  page: integer.nullable(),
  lineStart: integer,
  lineEnd: integer,
  headingPath: z.array(z.string()),
  current: z.boolean(),
});

const thinking = z.object({ text: z.string(), ms: z.number(), cut: z.boolean() });

export const message = z.object({
  id,
  conversationId: id,
  parentId: id.nullable(),
  turnId: id.nullable(),
  role: z.enum(['user', 'assistant']),
  speaker: z.string().nullable(),
  part: z.enum(['attacker', 'challenger', 'debater', 'mediator']).nullable(),
  round: integer.nullable(),
  state: z.enum(['complete', 'streaming', 'stopped', 'interrupted', 'failed']),
  text: z.string(),
  at: integer,
  tzOffset: integer,
  error: errorRecord.nullable(),
  info: z
    .object({
      provider: z.string(),
      model: z.string(),
      usage: usage.nullable(),
      firstWordMs: z.number().nullable(),
      ms: z.number().nullable(),
      fallback: z.object({ from: z.string(), reason: z.string() }).nullable(),
      support: support.nullable(),
      passages: integer,
      /** An answer that reads all of one document: `confirm` and `choose` wait for the call that continues it. */
      whole: z
        .object({
          state: z.enum(['choose', 'confirm', 'reading', 'read']),
          documentIds: z.array(id),
          parts: integer,
          kept: integer,
          inputTokens: integer,
          outputTokens: integer,
          costNano: integer.nullable(),
        })
        .optional(),
    })
    .nullable(),
  thinking: thinking.nullable(),
  citations: z.array(citation),
  siblings: z.array(id),
});

export const ticket = z.object({ turnId: id, conversationId: id, questionId: id, messageId: id });

export const turnEvent = z.discriminatedUnion('type', [
  z.object({ type: z.literal('started'), turnId: id, conversationId: id, messageId: id, speaker: z.string(), at: integer }),
  z.object({
    type: z.literal('status'),
    step: z.enum(['searching', 'reading', 'connecting', 'waiting', 'writing']),
    documents: integer.optional(),
    part: integer.optional(),
    parts: integer.optional(),
    provider: z.string().optional(),
    model: z.string().optional(),
    retryInMs: z.number().optional(),
  }),
  z.object({ type: z.literal('retrieved'), sources: z.array(source), support, ms: z.number() }),
  z.object({ type: z.literal('fallback'), from: z.string(), to: z.string(), reason: z.string() }),
  z.object({ type: z.literal('delta'), messageId: id, offset: integer, text: z.string() }),
  z.object({ type: z.literal('thinking'), messageId: id, offset: integer, text: z.string(), ms: z.number(), cut: z.boolean() }),
  z.object({ type: z.literal('rethink'), messageId: id, length: integer, thinking }),
  z.object({ type: z.literal('usage'), usage }),
  z.object({ type: z.literal('done'), message }),
  z.object({ type: z.literal('stopped'), message }),
  z.object({ type: z.literal('failed'), message, error: errorRecord }),
]);

const job = z.object({
  id,
  kind: z.enum(['ingest', 'recognise', 'embed', 'download', 'memory', 'maintenance']),
  subjectId: z.string(),
  documentId: id.nullable(),
  title: z.string(),
  stage: z.string(),
  state: z.enum(['queued', 'running', 'done', 'failed', 'cancelled']),
  progress: z.number().min(0).max(1),
  attempts: integer,
  error: errorRecord.nullable(),
  createdAt: integer,
  updatedAt: integer,
});

export const document = z.object({
  id,
  title: z.string(),
  source: z.string(),
  format: format.nullable(),
  collectionIds: z.array(id),
  versionId: id,
  version: integer,
  state: z.enum(['pending', 'ready', 'failed', 'cancelled']),
  job: job.nullable(),
  error: errorRecord.nullable(),
  pages: integer.nullable(),
  unreadPages: z.array(integer),
  passages: integer,
  language: z.string().nullable(),
  author: z.string().nullable(),
  dated: z.string().nullable(),
  edited: z.array(z.enum(['title', 'author', 'dated', 'language'])),
  tags: z.array(z.string()),
  pins: z.object({ collectionIds: z.array(id), conversationIds: z.array(id) }).nullable(),
  size: integer,
  namesake: z.object({ folder: z.string(), number: integer }).nullable(),
  originalMissing: z.boolean(),
  createdAt: integer,
  updatedAt: integer,
});

export const textEncoding = z.enum([
  'utf-8',
  'windows-1252',
  'macintosh',
  'cp850',
  'iso-8859-15',
  'windows-1250',
  'iso-8859-2',
  'cp852',
  'windows-1254',
  'windows-1257',
  'windows-1251',
  'koi8-r',
  'cp866',
  'iso-8859-5',
  'maccyrillic',
  'windows-1253',
  'windows-1255',
  'windows-1256',
  'cp874',
  'windows-1258',
  'shift_jis',
  'euc-jp',
  'gb18030',
  'big5',
  'euc-kr',
  'utf-16le',
  'utf-16be',
  'ebcdic',
]);

export const webPageTaken = z.object({ outcome: z.enum(['added', 'version', 'unchanged']), document });
export const collection = z.object({
  id,
  name: z.string(),
  parentId: id.nullable(),
  colour: z.enum(['red', 'orange', 'yellow', 'green', 'teal', 'blue', 'purple', 'pink']).nullable(),
  origin: z.enum(['person', 'guide']),
  documents: integer,
  createdAt: integer,
});
export const tag = z.object({ id, name: z.string(), documents: integer });

/** A day, a month or a year. */
export const dated = z.string().regex(/^\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?$/);
export const languageCode = z.string().regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/);
/** Conditions on documents, in a URL, where numbers are text. */
export const documentFilter = {
  collectionId: id.optional(),
  tag: z.string().max(60).optional(),
  format: format.optional(),
  language: languageCode.optional(),
  addedFrom: z.coerce.number().int().optional(),
  addedTo: z.coerce.number().int().optional(),
  changedFrom: z.coerce.number().int().optional(),
  changedTo: z.coerce.number().int().optional(),
  datedFrom: dated.optional(),
  datedTo: dated.optional(),
};

export const libraryStats = z.object({
  documents: integer,
  passages: integer,
  indexBytes: integer,
  originalsBytes: integer,
  ready: integer,
  working: integer,
  failed: integer,
  attention: integer,
});

export const searchMode = z.enum(['lexical', 'vector', 'hybrid']);

export const searchResult = z.object({
  passages: z.array(passage),
  support,
  matched: z.boolean(),
  mode: searchMode,
  cached: z.boolean(),
  reranking: z.enum(['done', 'late', 'failed']).optional(),
  stages: z.record(z.string(), z.number()),
});

const timelineEvent = z.object({
  conversationId: id,
  kind: z.enum(['chat', 'debate']),
  title: z.string(),
  messageId: id,
  role: z.enum(['user', 'assistant']),
  at: integer,
  text: z.string(),
  day: z.string(),
  messages: integer,
});

export const timeline = z.object({
  temporal: z.boolean(),
  kind: z.enum(['when', 'count', 'first', 'last', 'duration', 'changes', 'window', 'mention']).nullable(),
  from: integer.nullable(),
  to: integer.nullable(),
  zone: z.string(),
  topic: z.array(z.string()),
  asked: z.enum(['person', 'program', 'both']),
  events: z.array(timelineEvent),
  months: z.array(z.object({ month: z.string(), messages: integer, days: integer })),
  themes: z.array(z.object({ title: z.string(), conversationIds: z.array(id) })),
  counts: z.object({ messages: integer, days: integer, conversations: integer }),
  first: timelineEvent.nullable(),
  last: timelineEvent.nullable(),
});

export const done = z.object({ ok: z.literal(true) });

const memoryKind = z.enum(['fact', 'preference', 'intent', 'constraint', 'concept']);
const memorySource = z.object({ messageId: id, conversationId: id, start: integer, end: integer, at: integer });

export const memoryItem = z.object({
  id,
  kind: memoryKind,
  text: z.string(),
  subject: z.string(),
  attribute: z.string(),
  value: z.string(),
  validFrom: integer.nullable(),
  validTo: integer.nullable(),
  learnedAt: integer,
  supersededBy: id.nullable(),
  dueAt: integer.nullable(),
  doneAt: integer.nullable(),
  origin: z.enum(['person', 'model', 'rule']),
  model: z.string().nullable(),
  confidence: z.number(),
  confirmed: z.boolean(),
  protected: z.boolean(),
  muted: z.boolean(),
  archivedAt: integer.nullable(),
  deletedAt: integer.nullable(),
  vitality: z.number(),
  lastUsedAt: integer.nullable(),
  uses: integer,
  mentions: integer,
  firstMentionAt: integer,
  lastMentionAt: integer,
  agentId: z.string().nullable(),
  tags: z.array(z.string()),
  conflicts: z.array(id),
  revision: integer,
  createdAt: integer,
  updatedAt: integer,
  sources: z.array(memorySource),
});

const recallScores = z.object({ similarity: z.number(), recency: z.number(), use: z.number(), total: z.number() });

/** `searched` false: the past could not be searched in time, so nothing is known. Items and messages: the best first. */
export const recalled = z.object({
  searched: z.boolean(),
  state: z.enum(['found', 'weak', 'nothing']),
  items: z.array(z.object({ item: memoryItem, scores: recallScores })),
  messages: z.array(
    z.object({
      messageId: id,
      conversationId: id,
      speaker: z.string().nullable(),
      role: z.enum(['user', 'assistant']),
      at: integer,
      text: z.string(),
      scores: recallScores,
    }),
  ),
});

export const memoryState = z.enum(['live', 'archived', 'deleted', 'superseded', 'conflict']);

/** The exported file; an import reads each of its items by itself. */
export const memoryFile = z.object({
  format: z.literal('emergence-memory'),
  version: integer,
  exportedAt: integer,
  items: z.array(memoryItem),
});
export const memoryImport = z.object({ added: integer, known: integer, refused: integer });

const gardenerReport = z.object({ archived: z.array(id), emptied: integer, live: integer });
export const gardenerPlan = gardenerReport;
export const gardenerRun = z.object({ id, at: integer, report: gardenerReport, undoneAt: integer.nullable() });
