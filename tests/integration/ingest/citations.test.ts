import { Readable } from 'node:stream';
import { mergePassages, numberSources } from '@main/knowledge/context';
import { narrowCitations } from '@main/knowledge/narrowCitations';
import { documentFormats, newId, type Place, placeWords, type Source } from '@shared/model';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { CitedDocument } from '../../support/citedFile';
import { citedMails } from '../../support/citedMails';
import { citedTexts } from '../../support/citedTexts';
import { citedUnits } from '../../support/citedUnits';
import { startTestEngine, type TestEngine } from '../../support/engine';
import { type Opened, openAsViewer } from '../../support/openAsViewer';
import { type Fact, markersIn } from '../../support/plantedFacts';

type Quoted = Pick<Source, 'versionId' | 'start' | 'end' | 'place'> & { quote: string };

/** How many facts of a file are asked for. */
const askedOfFile = 12;

let engine: TestEngine;
const files = [...citedUnits, ...citedMails, ...citedTexts].map((make) => make());
const documents = files.flatMap((file) => file.documents);
const versions = new Map<CitedDocument, string>();

const give = async (file: string, bytes: Buffer): Promise<void> => {
  const uploadId = newId();
  await engine.client.library.beginUploads({ collectionId: null, files: [{ uploadId, source: file, size: bytes.length }] });
  await engine.files.receiveUpload(uploadId, Readable.from([bytes]), bytes.length);
};

beforeAll(async () => {
  engine = await startTestEngine();
  for (const { file, bytes } of files) await give(file, bytes);
  const versionOf = async ({ file }: CitedDocument): Promise<string | null> => {
    const { items } = await engine.client.library.documents({ limit: 500 });
    const found = items.find(({ source }) => source.endsWith(file));
    if (found?.state === 'failed') throw new Error(`${file} failed: ${found.error?.code}`);
    return found?.state === 'ready' ? found.versionId : null;
  };
  const limit = { timeout: 300_000, interval: 50 };
  for (const document of documents) versions.set(document, (await vi.waitUntil(() => versionOf(document), limit)) ?? '');
}, 600_000);
afterAll(() => engine?.close());

/** The place at which a quote is, by the names in it alone; null where they are at no single place. */
const truePlace = (document: CitedDocument, text: string, quote: Quoted): Place | null => {
  const lines = text.slice(0, quote.start).split('\n').length;
  const within = quote.quote.split('\n');
  const numbers = markersIn(quote.quote, document.written).map(
    (marker) => document.written.get(marker)?.number ?? lines + within.findIndex((line) => line.includes(marker)),
  );
  const labels = new Set(markersIn(quote.quote, document.written).map((marker) => document.written.get(marker)?.label));
  const [label] = labels;
  if (document.kind === 'lines') {
    // The lines around a name belong to the quote, too.
    const index = within.findIndex((line) => markersIn(line, document.written).length > 0);
    const from = (numbers[0] ?? 0) - index;
    return { kind: 'lines', label: '', from, to: from + within.length - 1, headings: [] };
  }
  if (label === undefined || labels.size > 1) return null;
  return {
    kind: document.kind,
    label: document.kind === 'page' ? '' : label,
    from: Math.min(...numbers),
    to: Math.max(...numbers),
    headings: [],
  };
};

const lettersOf = (text: string): string => (text.match(/[\p{L}\p{N}]+/gu) ?? []).join('');

/** Reports all that is wrong with a citation of a fact; null where it opens at the right place with its words marked. */
const faultOf = async (document: CitedDocument, fact: Fact, quote: Quoted): Promise<string | null> => {
  const versionId = versions.get(document) ?? '';
  if (quote.versionId !== versionId) return `cites another document than ${document.file}`;
  if (!quote.quote.includes(fact.marker)) return `quotes another sentence: ${quote.quote}`;
  const { text } = await engine.client.library.text({ versionId });
  if (text.slice(quote.start, quote.end) !== quote.quote) return `the range has other words than the quote: ${quote.quote}`;
  const truth = truePlace(document, text, quote);
  const said = placeWords(quote.place, 'en', 'alone');
  const expected = truth && placeWords(truth, 'en', 'alone');
  if (said !== expected) return `says “${said}”, is “${expected}”: ${quote.quote}`;
  const { marked, pages }: Opened = await openAsViewer(engine, versionId, quote);
  // The language named by a fence of code is not drawn.
  if (lettersOf(marked) !== lettersOf(quote.quote.replace(/^```.*$/gm, ''))) return `marks “${marked}” for “${quote.quote}”`;
  if (document.kind === 'page' && pages.join() !== `${truth?.from}`) return `marks page ${pages.join()}, not ${truth?.from}`;
  return null;
};

const quoteOfSource = ({ versionId, start, end, text, place }: Source): Quoted => ({ versionId, start, end, place, quote: text });

/** The citation of an answer of a model that repeats the fact, cut to what supports its sentence. */
const citedByModel = async (fact: Fact): Promise<Quoted | null> => {
  const { passages } = await engine.client.library.search({ query: fact.text, limit: 8 });
  const sources = numberSources(mergePassages(passages));
  const source = sources.find(({ text }) => text.includes(fact.marker));
  if (!source) return null;
  const answer = `${fact.text.slice(0, -1)} [${source.marker}].`;
  const [cited] = await narrowCitations(answer, sources, { nearness: async () => null, waiting: new AbortController().signal });
  return cited ? quoteOfSource(cited.source) : null;
};

/** The citation that the chat stores where no model is configured: of the passages that it quotes, the one with the fact. */
const citedByChat = async (fact: Fact): Promise<Quoted | null> => {
  const { client } = engine;
  const { turnId } = await client.chat.send({
    turnId: newId(),
    questionId: newId(),
    conversationId: newId(),
    text: `What does the thing of ${fact.marker} weigh?`,
    settings: { documents: true, learning: false },
  });
  for await (const event of await client.chat.watch({ turnId }))
    if (event.type === 'done') return event.message.citations.find(({ quote }) => quote.includes(fact.marker)) ?? null;
  return null;
};

test('300 citations over all formats open at the true place with their words marked', async () => {
  const tally = new Map<string, { right: number; all: number }>();
  const faults: string[] = [];
  const count = async (document: CitedDocument, fact: Fact, by: string, quote: Quoted | null): Promise<void> => {
    const fault = quote ? await faultOf(document, fact, quote) : 'is not cited';
    const counted = tally.get(document.format) ?? { right: 0, all: 0 };
    tally.set(document.format, { right: counted.right + (fault ? 0 : 1), all: counted.all + 1 });
    if (fault) faults.push(`${document.file}, ${fact.marker}, ${by}: ${fault}`);
  };
  for (const document of documents) {
    const step = Math.max(1, Math.floor(document.facts.length / askedOfFile));
    const asked = document.facts.filter((_, index) => index % step === step - 1);
    for (const [index, fact] of asked.entries()) {
      if (index % 2 === 0) await count(document, fact, 'model', await citedByModel(fact));
      else await count(document, fact, 'chat', await citedByChat(fact));
    }
  }
  const all = [...tally.values()].reduce((sum, one) => sum + one.all, 0);
  console.log(
    `${all - faults.length} of ${all} citations are right:`,
    [...tally].map(([format, { right, all: of }]) => `${format} ${right}/${of}`).join(', '),
  );
  expect(faults).toEqual([]);
  // Pictures have their text from recognition, whose words and places are tested with it.
  expect([...tally.keys()].sort()).toEqual(documentFormats.filter((format) => format !== 'image').sort());
  expect(all).toBeGreaterThanOrEqual(300);
}, 1_200_000);
