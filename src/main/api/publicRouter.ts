import { parseJson } from '@main/store/json';
import { call, getEventMeta, implement, withEventMeta } from '@orpc/server';
import { publicContract } from '@shared/contract/public';
import { memoryFile } from '@shared/contract/public/shapes';
import { isMatched, type Message, type TurnEvent, withPlaceFields } from '@shared/model';
import type { ApiContext } from './base';
import type { AppRouter } from './router';

const api = implement(publicContract).$context<ApiContext>();

interface PublicCall {
  context: ApiContext;
  path: readonly string[];
  signal?: AbortSignal | undefined;
  lastEventId?: string | undefined;
}
const as = ({ context, path, signal, lastEventId }: PublicCall) => ({ context, path, signal, lastEventId });

const ok = { ok: true } as const;

/** For other programs a citation is one that the model wrote. */
const publicMessage = (message: Message) => ({
  ...message,
  info: message.info && { ...message.info, whole: message.info.asked?.whole },
  citations: message.citations.filter((one) => !isMatched(one)).map(withPlaceFields),
});

const publicEvent = (event: TurnEvent) => {
  switch (event.type) {
    case 'retrieved':
      return { ...event, sources: event.sources.map(withPlaceFields) };
    case 'done':
    case 'stopped':
    case 'failed':
      return { ...event, message: publicMessage(event.message) };
    default:
      return event;
  }
};

/** The events of a turn in their public form, each under the id that it had. */
async function* publicEvents(events: AsyncIterable<TurnEvent>) {
  for await (const event of events) {
    const meta = getEventMeta(event);
    yield meta ? withEventMeta(publicEvent(event), meta) : publicEvent(event);
  }
}

/**
 * The API for other programs, on top of the inner one. Where the shapes of an inner procedure differ they are converted here, and a
 * difference does not compile. Fields that the public shape does not name stay inside.
 */
export const createPublicRouter = ({
  conversations,
  chat,
  library,
  memory,
}: Pick<AppRouter, 'conversations' | 'chat' | 'library' | 'memory'>) =>
  api.router({
    conversations: {
      list: api.conversations.list.handler(({ input, ...from }) => call(conversations.list, input, as(from))),
      get: api.conversations.get.handler(({ input, ...from }) => call(conversations.get, input, as(from))),
      create: api.conversations.create.handler(({ input, ...from }) => call(conversations.create, input, as(from))),
      messages: api.conversations.messages.handler(async ({ input, ...from }) => {
        const found = await call(conversations.messages, input, as(from));
        return { ...found, items: found.items.map(publicMessage) };
      }),
      update: api.conversations.update.handler(({ input, ...from }) => call(conversations.update, input, as(from))),
      remove: api.conversations.remove.handler(({ input, ...from }) => call(conversations.remove, input, as(from))),
    },
    chat: {
      send: api.chat.send.handler(({ input, ...from }) => call(chat.send, input, as(from))),
      continue: api.chat.continue.handler(({ input, ...from }) => call(chat.continue, input, as(from))),
      stop: api.chat.stop.handler(({ input, ...from }) => call(chat.stop, input, as(from))),
      watch: api.chat.watch.handler(async ({ input, ...from }) => publicEvents(await call(chat.watch, input, as(from)))),
    },
    library: {
      documents: api.library.documents.handler(({ input, ...from }) => call(library.documents, input, as(from))),
      document: api.library.document.handler(({ input, ...from }) => call(library.document, input, as(from))),
      update: api.library.update.handler(async ({ input: { id, tags, collectionIds, ...facts }, ...from }) => {
        const before = await call(library.edit, { id, ...facts }, as(from));
        if (tags) {
          const change = { add: tags, remove: before.tags.filter((name) => !tags.includes(name)) };
          await call(library.tag, { ids: [id], ...change }, as(from));
        }
        if (collectionIds) await call(library.assign, { ids: [id], collectionIds }, as(from));
        return call(library.document, { id }, as(from));
      }),
      collections: api.library.collections.handler((from) => call(library.collections, undefined, as(from))),
      tags: api.library.tags.handler((from) => call(library.tags, undefined, as(from))),
      remove: api.library.remove.handler(async ({ input, ...from }) => {
        await call(library.remove, input, as(from));
        return ok;
      }),
      addText: api.library.addText.handler(({ input, ...from }) => call(library.addText, input, as(from))),
      addWebPage: api.library.addWebPage.handler(({ input, ...from }) => call(library.addWebPage, input, as(from))),
      checkWebPage: api.library.checkWebPage.handler(({ input, ...from }) =>
        call(library.checkWebPage, { documentId: input.id }, as(from)),
      ),
      encodings: api.library.encodings.handler(({ input, ...from }) => call(library.encodings, { documentId: input.id }, as(from))),
      readIn: api.library.readIn.handler(({ input: { id, ...chosen }, ...from }) =>
        call(library.readIn, { documentId: id, ...chosen }, as(from)),
      ),
      stats: api.library.stats.handler((from) => call(library.stats, undefined, as(from))),
      // Another program finds a document that the person keeps to some places only where it names that place, or the document.
      search: api.library.search.handler(({ input: { query, collectionIds, documentIds, mode, limit, ...filter }, ...from }) =>
        call(library.search, { query, collectionIds, documentIds, mode, limit, filter, pins: 'kept' }, as(from)),
      ),
    },
    memory: {
      timeline: api.memory.timeline.handler(({ input, ...from }) => call(memory.timeline, input, as(from))),
      recall: api.memory.recall.handler(({ input, ...from }) => call(memory.recall, input, as(from))),
      list: api.memory.list.handler(({ input, ...from }) => call(memory.list, input, as(from))),
      get: api.memory.get.handler(({ input, ...from }) => call(memory.get, input, as(from))),
      create: api.memory.create.handler(({ input, ...from }) => call(memory.create, input, as(from))),
      update: api.memory.update.handler(({ input, ...from }) => call(memory.update, input, as(from))),
      remove: api.memory.remove.handler(async ({ input, ...from }) => {
        await call(memory.act, { ids: [input.id], action: 'remove' }, as(from));
        return ok;
      }),
      export: api.memory.export.handler(async (from) => memoryFile.parse(parseJson((await call(memory.export, undefined, as(from))).text))),
      import: api.memory.import.handler(({ input, ...from }) => call(memory.import, { text: JSON.stringify(input) }, as(from))),
      gardenerPlan: api.memory.gardenerPlan.handler((from) => call(memory.gardenerPlan, undefined, as(from))),
      runGardener: api.memory.runGardener.handler((from) => call(memory.runGardener, undefined, as(from))),
    },
  });
