import { globSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { createPublicRouter } from '@main/api/publicRouter';
import type { AppRouter } from '@main/api/router';
import { describePublicApi } from '@main/http/rest';
import { call, getEventMeta, os, withEventMeta } from '@orpc/server';
import { type Citation, type Message, newId, type Place, type Source, type TurnEvent } from '@shared/model';
import { pino } from 'pino';
import { expect, test } from 'vitest';

interface Operation {
  responses: Record<string, { description: string; content?: unknown }>;
}
interface Document {
  info: { version: string };
  paths: Record<string, Record<string, Operation>>;
}

const isError = (status: string): boolean => Number(status) >= 400;

/** The document with one answer for all errors: clients check the form and must accept any status. */
const withOneError = (document: Document): Document => ({
  ...document,
  paths: Object.fromEntries(
    Object.entries(document.paths).map(([path, methods]) => [
      path,
      Object.fromEntries(
        Object.entries(methods).map(([method, operation]) => {
          const answers = Object.entries(operation.responses);
          const [error, ...others] = answers.filter(([status]) => isError(status)).map(([, { content }]) => content);
          expect(others.length, `${method} ${path}`).toBeGreaterThan(0);
          for (const other of others) expect(other).toEqual(error);
          const good = Object.fromEntries(answers.filter(([status]) => !isError(status)));
          return [method, { ...operation, responses: { ...good, default: { description: 'Any error', content: error } } }];
        }),
      ),
    ]),
  ),
});

test('docs/openapi.json is current (new routes and fields: vitest run -u)', async () => {
  const document = withOneError((await describePublicApi('1')) as Document);
  await expect(`${JSON.stringify(document, null, 2)}\n`).toMatchFileSnapshot(resolve('docs', 'openapi.json'));
});

test('builds the public shapes from no inner schema, so that those can change', () => {
  const imports = globSync('src/shared/contract/public/*.ts').flatMap((file) =>
    [...readFileSync(file, 'utf8').matchAll(/from '([^']+)'/g)].map(([, target]) => target),
  );
  // `edges` is a rule about text, not a shape.
  expect([...new Set(imports)].sort()).toEqual(['../../text/edges', '../base', './shapes', '@orpc/contract', 'zod']);
});

test('keeps a field inside that only the inner shape has', async () => {
  const id = newId();
  const settings = { documents: true, collectionIds: [], agentId: 'anima', model: null };
  const stored = { id, kind: 'chat', title: '', titleOrigin: 'none', activeLeaf: null, pinned: false, answering: false };
  const conversation = { ...stored, settings, archivedAt: null, deletedAt: null, createdAt: 1, updatedAt: 1 };
  const get = os.handler(() => ({ ...conversation, settings: { ...settings, memory: 'on' }, mood: 'calm' }));
  const inner = { conversations: { get }, chat: {}, library: {}, memory: {} } as unknown as AppRouter;
  expect(await call(createPublicRouter(inner).conversations.get, { id }, { context: { log: pino({ level: 'silent' }) } })).toEqual(
    conversation,
  );
});

test('adds the older fields to each place, in answers and in events under their ids', async () => {
  const id = newId();
  const place: Place = { kind: 'page', label: '', from: 2, to: 2, headings: ['Garden'], lines: { from: 7, to: 9 } };
  const older = { page: 2, lineStart: 7, lineEnd: 9, headingPath: ['Garden'] };
  const range = { versionId: id, documentId: id, title: 'Roses', start: 0, end: 4 };
  const citation: Citation = { ...range, id, messageId: id, marker: 1, at: null, quote: 'Lime', current: true, place };
  const source: Source = { ...range, text: 'Lime', marker: 1, score: 1, scores: {}, place };
  const asked = { id, conversationId: id, parentId: null, turnId: null, speaker: null, part: null, round: null, error: null, info: null };
  const written = { role: 'assistant', state: 'complete', text: 'Lime [1].', at: 1, tzOffset: 0, thinking: null } as const;
  const message: Message = { ...asked, ...written, siblings: [], citations: [citation] };
  const events: TurnEvent[] = [
    { type: 'retrieved', sources: [source], support: 'strong', ms: 1 },
    { type: 'delta', messageId: id, offset: 0, text: 'Lime' },
    { type: 'done', message },
  ];
  const messages = os.handler(() => ({ items: [message], hasMore: false }));
  const watch = os.handler(async function* () {
    for (const [at, event] of events.entries()) yield withEventMeta(event, { id: `${at}` });
  });
  const inner = { conversations: { messages }, chat: { watch }, library: {}, memory: {} } as unknown as AppRouter;
  const router = createPublicRouter(inner);
  const context = { context: { log: pino({ level: 'silent' }) } };
  const [found] = (await call(router.conversations.messages, { conversationId: id }, context)).items;
  expect(found?.citations).toEqual([{ ...citation, ...older }]);
  const seen = [];
  for await (const event of await call(router.chat.watch, { turnId: id }, context)) seen.push([getEventMeta(event)?.id, event]);
  expect(seen).toEqual([
    ['0', { ...events[0], sources: [{ ...source, ...older, pageEnd: 2 }] }],
    ['1', events[1]],
    ['2', { type: 'done', message: { ...message, citations: [{ ...citation, ...older }] } }],
  ]);
});
