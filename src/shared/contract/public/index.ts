import { eventIterator } from '@orpc/contract';
import { z } from 'zod';
import { withoutBlankEdges } from '../../text/edges';
import { procedure } from '../base';
import {
  collection,
  conversation,
  conversationSettings,
  dated,
  document,
  documentFilter,
  done,
  gardenerPlan,
  gardenerRun,
  languageCode,
  libraryStats,
  memoryFile,
  memoryImport,
  memoryItem,
  memoryState,
  message,
  recalled,
  searchMode,
  searchResult,
  tag,
  textEncoding,
  ticket,
  timeline,
  turnEvent,
  webPageTaken,
} from './shapes';

const id = z.uuid();
const text = (most: number) => z.string().trim().min(1).max(most);
/** A list in a URL is a repeated parameter; a single value is not a list yet. */
const ids = z
  .array(id)
  .or(id.transform((one) => [one]))
  .default([]);
/** In a URL a boolean is written as a word. */
const flag = z.stringbool().or(z.boolean());
const cursor = z.string().nullable().default(null);
const limit = (most: number, usual: number) => z.coerce.number().int().min(1).max(most).default(usual);

const conversations = {
  list: procedure
    .route({ method: 'GET', path: '/conversations', summary: 'List conversations, pinned first, then the latest' })
    .input(z.object({ kind: conversation.shape.kind.optional(), archived: flag.default(false), cursor, limit: limit(200, 50) }))
    .output(z.object({ items: z.array(conversation), nextCursor: z.string().nullable() })),
  get: procedure
    .route({ method: 'GET', path: '/conversations/{id}', summary: 'One conversation' })
    .input(z.object({ id }))
    .output(conversation),
  create: procedure
    .route({ method: 'POST', path: '/conversations', successStatus: 201, summary: 'Create a conversation under an id of your making' })
    .input(z.object({ id, settings: conversationSettings.partial().optional() }))
    .output(conversation),
  messages: procedure
    .route({ method: 'GET', path: '/conversations/{conversationId}/messages', summary: 'Messages of the active branch' })
    .input(z.object({ conversationId: id, before: id.optional(), limit: limit(200, 50) }))
    .output(z.object({ items: z.array(message), hasMore: z.boolean() })),
  update: procedure
    .route({ method: 'PATCH', path: '/conversations/{id}', summary: 'Rename, pin, archive or change the settings' })
    .input(
      z.object({
        id,
        title: text(200).optional(),
        pinned: z.boolean().optional(),
        archived: z.boolean().optional(),
        settings: conversationSettings.partial().optional(),
      }),
    )
    .output(conversation),
  remove: procedure
    .route({ method: 'DELETE', path: '/conversations/{id}', summary: 'Delete (can be restored)' })
    .input(z.object({ id }))
    .output(done),
};

const chat = {
  send: procedure
    .route({
      method: 'POST',
      path: '/conversations/{conversationId}/messages',
      successStatus: 202,
      summary: 'Ask; follow the answer with the stream of its turn',
    })
    .input(
      z.object({
        turnId: id,
        questionId: id,
        conversationId: id,
        parentId: id.nullable().optional(),
        text: z.string().overwrite(withoutBlankEdges).min(1).max(32_000),
        settings: conversationSettings.partial().optional(),
        /** The document at hand; with `whole` all of it is summed up, in whatever words that is asked. */
        about: z.object({ documentId: id, whole: z.boolean().default(false) }).optional(),
      }),
    )
    .output(ticket),
  continue: procedure
    .route({
      method: 'POST',
      path: '/messages/{messageId}/continue',
      successStatus: 202,
      summary: 'Continue an unfinished answer, or begin the summary of a document that waits for a yes',
    })
    .input(z.object({ turnId: id, messageId: id, confirmed: flag.default(false), documentId: id.optional() }))
    .output(ticket),
  stop: procedure
    .route({ method: 'POST', path: '/turns/{turnId}/stop', summary: 'Stop; what was written stays' })
    .input(z.object({ turnId: id }))
    .output(done),
  watch: procedure
    .route({ method: 'GET', path: '/turns/{turnId}/events', summary: 'The answer as server-sent events' })
    .input(z.object({ turnId: id }))
    .output(eventIterator(turnEvent)),
};

const library = {
  documents: procedure
    .route({ method: 'GET', path: '/documents', summary: 'List documents' })
    .input(
      z.object({
        ...documentFilter,
        query: z.string().max(200).optional(),
        attention: flag.default(false),
        sort: z.enum(['title', 'updated', 'size', 'passages']).default('updated'),
        descending: flag.default(true),
        cursor,
        limit: limit(500, 100),
      }),
    )
    .output(z.object({ items: z.array(document), total: z.number().int(), nextCursor: z.string().nullable() })),
  document: procedure.route({ method: 'GET', path: '/documents/{id}', summary: 'One document' }).input(z.object({ id })).output(document),
  update: procedure
    .route({
      method: 'PATCH',
      path: '/documents/{id}',
      summary: 'Write facts in place of those that were read (null takes that back), set the tags and the collections',
    })
    .input(
      z.object({
        id,
        title: text(300).nullable().optional(),
        author: z.string().trim().max(300).nullable().optional(),
        dated: dated.or(z.literal('')).nullable().optional(),
        language: languageCode.or(z.literal('')).nullable().optional(),
        tags: z.array(text(60)).max(50).optional(),
        collectionIds: z.array(id).max(1000).optional(),
      }),
    )
    .output(document),
  collections: procedure.route({ method: 'GET', path: '/collections', summary: 'List collections' }).output(z.array(collection)),
  tags: procedure.route({ method: 'GET', path: '/tags', summary: 'List the tags of documents' }).output(z.array(tag)),
  remove: procedure
    .route({ method: 'DELETE', path: '/documents/{id}', summary: 'Delete (can be restored)' })
    .input(z.object({ id }))
    .output(done),
  addText: procedure
    .route({ method: 'POST', path: '/documents/text', successStatus: 202, summary: 'Add a text' })
    .input(z.object({ id, title: text(300), text: z.string().min(1).max(20_000_000), collectionId: id.nullable() }))
    .output(document),
  addWebPage: procedure
    .route({ method: 'POST', path: '/documents/web', successStatus: 202, summary: 'Fetch a page of the web, or check one again' })
    .input(z.object({ id, address: text(4_000), collectionId: id.nullable() }))
    .output(webPageTaken),
  checkWebPage: procedure
    .route({ method: 'POST', path: '/documents/{id}/check', summary: 'Fetch the page of a document again' })
    .input(z.object({ id }))
    .output(webPageTaken),
  encodings: procedure
    .route({ method: 'GET', path: '/documents/{id}/encodings', summary: 'How a text reads in each plausible encoding' })
    .input(z.object({ id }))
    .output(z.object({ chosen: textEncoding.nullable(), readings: z.array(z.object({ encoding: textEncoding, text: z.string() })) })),
  readIn: procedure
    .route({
      method: 'POST',
      path: '/documents/{id}/encoding',
      successStatus: 202,
      summary: 'Read a text again in an encoding; null finds it',
    })
    .input(z.object({ id, encoding: textEncoding.nullable() }))
    .output(document),
  stats: procedure.route({ method: 'GET', path: '/documents/stats', summary: 'Counts and sizes' }).output(libraryStats),
  search: procedure
    .route({ method: 'GET', path: '/search', summary: 'Best passages for a query' })
    .input(
      z.object({
        query: z.string().max(32_000),
        collectionIds: ids,
        documentIds: ids,
        ...documentFilter,
        mode: searchMode.default('hybrid'),
        limit: limit(100, 10),
      }),
    )
    .output(searchResult),
};

const said = {
  kind: memoryItem.shape.kind,
  text: text(2_000),
  subject: z.string().max(200),
  attribute: z.string().max(100),
  value: z.string().max(500),
  validFrom: memoryItem.shape.validFrom,
  validTo: memoryItem.shape.validTo,
  dueAt: memoryItem.shape.dueAt,
  tags: z.array(text(100)).max(50),
};

const memory = {
  list: procedure
    .route({ method: 'GET', path: '/memory/items', summary: 'List memory items, the last changed first' })
    .input(
      z.object({
        ...{ kind: said.kind.optional(), tag: z.string().max(100).optional(), subject: said.subject.optional() },
        ...{ agentId: z.string().max(100).optional(), origin: memoryItem.shape.origin.optional(), state: memoryState.optional() },
        ...{ words: z.string().max(500).optional(), from: z.coerce.number().int().optional(), to: z.coerce.number().int().optional() },
        ...{ cursor, limit: limit(200, 50) },
      }),
    )
    .output(z.object({ items: z.array(memoryItem), nextCursor: z.string().nullable() })),
  get: procedure
    .route({ method: 'GET', path: '/memory/items/{id}', summary: 'One memory item' })
    .input(z.object({ id }))
    .output(memoryItem),
  create: procedure
    .route({ method: 'POST', path: '/memory/items', successStatus: 201, summary: 'Remember something under an id of your making' })
    .input(
      z
        .object({ ...said, id, agentId: z.string().nullable() })
        .partial()
        .required({ id: true, text: true }),
    )
    .output(memoryItem),
  update: procedure
    .route({ method: 'PATCH', path: '/memory/items/{id}', summary: 'Change an item; 409 where it changed since the named revision' })
    .input(z.object({ id, revision: z.number().int().min(1), patch: z.object({ ...said, done: z.boolean() }).partial() }))
    .output(memoryItem),
  remove: procedure
    .route({ method: 'DELETE', path: '/memory/items/{id}', summary: 'Delete (can be restored for thirty days)' })
    .input(z.object({ id }))
    .output(done),
  export: procedure.route({ method: 'GET', path: '/memory/export', summary: 'All items as one file' }).output(memoryFile),
  import: procedure
    .route({ method: 'POST', path: '/memory/import', summary: 'Add the items of an exported file that are not here' })
    .input(memoryFile.pick({ format: true, version: true }).extend({ items: z.array(z.unknown()) }))
    .output(memoryImport),
  gardenerPlan: procedure
    .route({ method: 'GET', path: '/memory/gardener', summary: 'What a run of the gardener would archive now' })
    .output(gardenerPlan),
  runGardener: procedure
    .route({ method: 'POST', path: '/memory/gardener', summary: 'Archive faded items, and empty the bin of old ones' })
    .output(gardenerRun),
  recall: procedure
    .route({ method: 'POST', path: '/memory/recall', summary: 'Items and past messages that fit a question, within a budget of tokens' })
    .input(
      z.object({ text: text(32_000), agentId: z.string().max(100).optional(), tokens: z.number().int().min(50).max(20_000).optional() }),
    )
    .output(recalled),
  timeline: procedure
    .route({ method: 'GET', path: '/memory/timeline', summary: 'The dated messages that answer a question about time' })
    .input(z.object({ text: text(32_000) }))
    .output(timeline),
};

/**
 * The API for other programs: REST and server-sent events under `/api/v1`; each procedure is handled by the inner one of its name.
 */
export const publicContract = { conversations, chat, library, memory };
