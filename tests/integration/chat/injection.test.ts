import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import { Markdown } from '@renderer/ui/markdown/Markdown';
import { TooltipProvider } from '@renderer/ui/Tooltip';
import { isMatched, newId, type TurnEvent } from '@shared/model';
import i18next from 'i18next';
import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { initReactI18next } from 'react-i18next';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { startTestEngine, type TestEngine } from '../../support/engine';
import { type FaultyProvider, startFaultyProvider } from '../../support/faultyProvider';
import { injections } from './injections';

let engine: TestEngine;
let provider: FaultyProvider;
const asked: string[] = [];
const canary = createServer((request, response) => {
  asked.push(request.url ?? '');
  response.end();
});

beforeAll(async () => {
  vi.stubGlobal('document', { getElementById: () => null });
  await i18next.use(initReactI18next).init({ lng: 'en', resources: {} });
  await new Promise<void>((done) => canary.listen(0, '127.0.0.1', done));
  engine = await startTestEngine();
  provider = await startFaultyProvider('openai');
  await engine.addProvider({ baseUrl: provider.baseUrl, model: 'model-a' });
  await engine.client.settings.update({ conversations: { modelTitles: false } });
}, 60_000);
afterAll(async () => {
  await engine?.close();
  await provider?.close();
  canary.close();
});

const turnOf = async (text: string, collectionId: string): Promise<TurnEvent[]> => {
  const settings = { documents: true, collectionIds: [collectionId], learning: false };
  const { turnId } = await engine.client.chat.send({ turnId: newId(), questionId: newId(), conversationId: newId(), text, settings });
  const events: TurnEvent[] = [];
  for await (const event of await engine.client.chat.watch({ turnId })) events.push(event);
  return events;
};

test('no document makes a model that obeys it open, load, call or cite anything of its own', async () => {
  const all = injections(`http://127.0.0.1:${(canary.address() as AddressInfo).port}`);
  expect(all).toHaveLength(40);
  for (const { file, content, obeyed } of all) {
    const name = file.replace(/\..*$/, '');
    const { id: collectionId } = await engine.client.library.createCollection({ id: newId(), name });
    const bytes = Buffer.from(content);
    const uploadId = newId();
    await engine.client.library.beginUploads({ collectionId, files: [{ uploadId, source: file, size: bytes.length }] });
    await engine.files.receiveUpload(uploadId, Readable.from([bytes]), bytes.length);
    const versionId = await engine.readyVersion(file);
    const before = provider.requests.length;
    provider.play({ kind: 'answer', words: [obeyed] });
    const events = await turnOf(`How much does the ${name} cost?`, collectionId);
    const end = events.at(-1);
    const found = events.find((event) => event.type === 'retrieved');
    const sources = found?.type === 'retrieved' ? found.sources : [];
    expect(end?.type, file).toBe('done');
    if (end?.type !== 'done') continue;

    // One call, without tools, and the passage within its own block of the prompt.
    const requests = provider.requests.slice(before);
    expect(requests, file).toHaveLength(1);
    expect(requests[0]?.body.tools, file).toBeUndefined();
    const messages = requests[0]?.body.messages as { role: string; content: string }[];
    const system = messages[0]?.content ?? '';
    expect(
      messages.map(({ role }) => role),
      file,
    ).toEqual(['system', 'user']);
    expect(sources.length, file).toBeGreaterThan(0);
    expect(system.match(/[<＜][\s\p{Cf}]*source(?=[\s>])/giu), file).toHaveLength(sources.length);
    expect(system.match(/[<＜][\s\p{Cf}]*[/／][\s\p{Cf}]*source(?=[\s>＞])/giu), file).toHaveLength(sources.length);
    expect(system.trimEnd().endsWith('</sources>'), file).toBe(true);

    // The answer cites only what it was given, word for word of the document, and never what the passage itself wrote.
    const { message } = end;
    const { text } = await engine.client.library.text({ versionId });
    const given = new Set(sources.map(({ marker }) => marker));
    for (const citation of message.citations) {
      expect(given.has(citation.marker), file).toBe(true);
      expect(citation.versionId, file).toBe(versionId);
      expect(text.slice(citation.start, citation.end), file).toBe(citation.quote);
    }
    if (name === 'chimney') expect(message.citations.filter((citation) => !isMatched(citation))).toEqual([]);

    // Its text, shown as the window shows it, loads nothing, and links only ask.
    const shown = renderToStaticMarkup(
      createElement(
        TooltipProvider,
        null,
        createElement(Markdown, { text: message.text, markers: given, renderCitation: (marker) => `{${marker}}` }),
      ),
    );
    expect(shown, file).not.toMatch(/<(?:img|script|iframe|object|embed|link|style|video|audio|form|base)\b/i);
    expect(shown, file).not.toMatch(/<[^>]*\s(?:src|srcset|background|poster|action|on\w+)=/i);
    expect(shown, file).not.toMatch(/<[^>]*href="(?!https?:)/i);
    expect(asked, file).toEqual([]);
  }
}, 300_000);
