import { joinsFor, needsYes } from '@main/chat/whole/plan';
import { stretchWords, wholeWords } from '@main/chat/whole/wholeWords';
import { messageText } from '@main/providers/promptMessage';
import { insertDocument } from '@main/store/documents';
import { insertVersion, makeCurrent } from '@main/store/documentVersions';
import { findMessage } from '@main/store/messages';
import { saveParsed } from '@main/store/parsedVersions';
import { defaultSettings, EmergenceError, type Message, newId, type Place, type TurnEvent } from '@shared/model';
import { afterEach, describe, expect, it } from 'vitest';
import { candidate, collect, createHarness, type Harness, type HarnessOptions, type Script, scriptedGateway, usage } from './harness';

let harness: Harness | null = null;
afterEach(async () => {
  await harness?.close();
  harness = null;
});

const model = candidate('small', 8_192);
/** A page of about 700 tokens, with a sentence of its own. */
const pageText = (page: number): string =>
  `Item ${page} costs ${page * 100} euros and is due in year ${2000 + page}. ${'The lorem of this page says nothing else that matters. '.repeat(40)}`.trim();

const addDocument = async ({ db }: Harness, title: string, pages: number, documentId = newId(), change = ''): Promise<string> => {
  const versionId = newId();
  const at = 1;
  const blobHash = `hash ${versionId}`;
  if (!db.prepare('SELECT 1 FROM documents WHERE id = ?').get(documentId))
    insertDocument(db, { id: documentId, title, source: `${title}.pdf` }, at);
  insertVersion(db, { id: versionId, documentId, blobHash, size: 1, mime: 'application/pdf' }, at);
  const texts = Array.from({ length: pages }, (_, index) => `${pageText(index + 1)}${change}`);
  let start = 0;
  const chunks = texts.map((text, index) => {
    const chunk = {
      start,
      end: start + text.length,
      place: { kind: 'page', label: '', from: index + 1, to: index + 1, headings: [] } as Place,
    };
    start += text.length + 1;
    return chunk;
  });
  const parsed = {
    format: 'pdf',
    parser: 'test',
    parserVersion: '1',
    language: 'en',
    pages,
    text: texts.join('\n'),
    spans: [],
    chunks,
    references: [],
  };
  await saveParsed(db, versionId, parsed as unknown as Parameters<typeof saveParsed>[2]);
  makeCurrent(db, versionId, at);
  return documentId;
};

type Asks = (prompt: string, purpose: string) => Script;
const noteOn = (prompt: string): string => `- ${/Item \d+ costs \d+ euros/.exec(prompt)?.[0]} [1].`;
const start = (asks: Asks, more: HarnessOptions = {}, limits = { summaryCents: 5, summaryTokens: 1_000_000 }) => {
  const gateway = scriptedGateway([model], (request, one) => {
    const { system, messages } = request.build(one);
    return asks(`${system}\n${messages.map(messageText).join('\n')}`, request.purpose);
  });
  const conversations = { modelTitles: false, modelIntents: false };
  const settings = { ...defaultSettings, conversations, library: { ...defaultSettings.library, ...limits } };
  harness = createHarness({ gateway, settings: () => settings, ...more });
  return { ...harness, gateway };
};
const summing: Asks = (prompt, purpose) =>
  purpose === 'document_part' ? [noteOn(prompt)] : ['It lists items. Item 1 costs 100 euros [1].'];

const follow = async ({ chat, db }: Harness, turnId: string, messageId: string): Promise<{ events: TurnEvent[]; message: Message }> => {
  const events = (await collect(chat.watch(turnId, {}))).map(({ event }) => event);
  return { events, message: findMessage(db, messageId) as Message };
};
const askFor = async (one: Harness, text: string, about?: { documentId: string; whole: boolean }) => {
  const { turnId, messageId } = one.chat.send({ turnId: newId(), questionId: newId(), conversationId: newId(), text, about });
  return follow(one, turnId, messageId);
};
const goOn = async (one: Harness, messageId: string, more: { confirmed?: boolean; documentId?: string } = {}) => {
  const { turnId } = one.chat.continue({ turnId: newId(), messageId, ...more });
  return follow(one, turnId, messageId);
};
const partCalls = ({ requests }: { requests: { purpose: string }[] }): number =>
  requests.filter(({ purpose }) => purpose === 'document_part').length;

describe('the summary of a whole document', () => {
  it('reads all parts in their order, says which, and cites passages of the document', async () => {
    const one = start(summing);
    await addDocument(one, 'Price list', 30);
    const { events, message } = await askFor(one, 'Summarise the price list');
    expect(message.error).toBeNull();
    expect(message.state).toBe('complete');
    const parts = message.info?.asked?.whole?.parts ?? 0;
    expect(parts).toBeGreaterThan(3);
    expect(message.info?.asked?.whole).toMatchObject({ state: 'read', kept: parts, pages: 30 });
    expect(message.text).toBe(`It lists items. Item 1 costs 100 euros [1].\n\n*Read: all 30 pages, in ${parts} parts.*`);
    const read = events.flatMap((event) => (event.type === 'status' && event.step === 'reading' ? [event.part] : []));
    expect(read[0]).toBe(1);
    expect(read).toHaveLength(parts);
    const [citation] = message.citations;
    expect(citation?.quote).toContain('Item 1 costs 100 euros');
    expect(citation?.place.from).toBe(1);
    expect(message.info?.check?.marks).toEqual([]);
    // Every page stood in exactly one prompt.
    const prompts = one.gateway.prompts
      .filter((_, index) => one.gateway.requests[index]?.purpose === 'document_part')
      .map(({ messages }) => messages.map(messageText).join(''));
    for (let page = 1; page <= 30; page += 1) expect(prompts.filter((prompt) => prompt.includes(`Item ${page} costs`))).toHaveLength(1);
  });

  it('reads a short document at once, and a French question gets a French line', async () => {
    const one = start((_, purpose) => (purpose === 'answer' ? ['La liste donne un prix [2].'] : ['wrong']));
    await addDocument(one, 'Liste de prix', 3);
    const { message } = await askFor(one, 'Résume le document « Liste de prix »');
    expect(message.text).toBe('La liste donne un prix [2].\n\n*Lu\u00a0: les 3 pages.*');
    expect(message.citations[0]?.place.from).toBe(2);
    expect(one.gateway.requests).toHaveLength(1);
  });

  it('asks first above the limit, and begins once it is confirmed', async () => {
    const one = start(summing, {}, { summaryCents: 0, summaryTokens: 1_000 });
    await addDocument(one, 'Price list', 20);
    const { message } = await askFor(one, 'Summarise the price list');
    expect(message).toMatchObject({ state: 'stopped', text: '', error: null });
    expect(message.info?.asked?.whole).toMatchObject({ state: 'confirm', pages: 20, kept: 0, costNano: null, model: 'small' });
    expect(one.gateway.requests).toHaveLength(0);
    const begun = await goOn(one, message.id, { confirmed: true });
    expect(begun.message.state).toBe('complete');
    expect(begun.message.text).toContain('Read: all 20 pages');
  });

  it('names a part that fails twice as not read, with its pages, and reads the others', async () => {
    let tries = 0;
    const one = start((prompt, purpose) => {
      if (purpose === 'document_part' && prompt.includes('Item 1 costs')) {
        tries += 1;
        return [new EmergenceError('provider.protocol')];
      }
      return purpose === 'document_part' ? [noteOn(prompt)] : ['Some items [1].'];
    });
    await addDocument(one, 'Price list', 30);
    const { message } = await askFor(one, 'Summarise the price list');
    expect(tries).toBe(2);
    const { parts, kept } = message.info?.asked?.whole ?? { parts: 0, kept: 0 };
    expect(kept).toBe(parts - 1);
    expect(message.text).toMatch(new RegExp(`Read: ${parts - 1} of ${parts} parts\\. Not read: pages 1–\\d+\\.\\*$`));
  }, 20_000);

  it('keeps the parts that are made when it is stopped, and does not pay for them again', async () => {
    const one = start((prompt, purpose) =>
      purpose === 'document_part' && prompt.includes('Item 30 costs') && isSlow ? [60_000] : summing(prompt, purpose),
    );
    let isSlow = true;
    await addDocument(one, 'Price list', 30);
    const { turnId, messageId } = one.chat.send({
      turnId: newId(),
      questionId: newId(),
      conversationId: newId(),
      text: 'Summarise the price list',
    });
    for await (const { event } of one.chat.watch(turnId, {}))
      if (event.type === 'status' && event.step === 'reading' && event.part === event.parts) break;
    await one.chat.stop(turnId);
    const stopped = findMessage(one.db, messageId) as Message;
    expect(stopped).toMatchObject({ state: 'stopped', text: '' });
    const made = one.db.prepare('SELECT count(*) FROM document_notes').pluck().get() as number;
    const { parts } = stopped.info?.asked?.whole ?? { parts: 0 };
    expect(made).toBe(parts - 1);
    isSlow = false;
    const before = partCalls(one.gateway);
    const { message } = await goOn(one, messageId);
    expect(message.state).toBe('complete');
    expect(partCalls(one.gateway) - before).toBe(1);
  });

  it('stops where the key is refused, and pays for no other part', async () => {
    const one = start(() => [new EmergenceError('provider.auth')]);
    await addDocument(one, 'Price list', 60);
    const { message } = await askFor(one, 'Summarise the price list');
    expect(message).toMatchObject({ state: 'failed', error: { code: 'provider.auth' } });
    expect(one.gateway.requests.length).toBeLessThanOrEqual(3);
  });

  it('keeps to the version that it began, and says that the document has changed since', async () => {
    let documentId = '';
    let adding: Promise<string> | null = null;
    const one = start((prompt, purpose) => {
      if (purpose === 'document_part') adding ??= addDocument(one, 'Price list', 30, documentId, ' Changed.');
      return summing(prompt, purpose);
    });
    documentId = await addDocument(one, 'Price list', 30);
    const { message } = await askFor(one, 'Summarise the price list');
    await adding;
    expect(message.text).toMatch(/Read: all 30 pages, in \d+ parts\. The document has changed since: /);
    expect(one.gateway.prompts.some(({ messages }) => messages.some((each) => messageText(each).includes('Changed.')))).toBe(false);
  });

  it('ends where the document is deleted meanwhile, and its notes go with it', async () => {
    let documentId = '';
    const one = start((prompt, purpose) => {
      if (prompt.includes('Item 1 costs')) one.db.prepare('DELETE FROM documents WHERE id = ?').run(documentId);
      return summing(prompt, purpose);
    });
    documentId = await addDocument(one, 'Price list', 30);
    const { message } = await askFor(one, 'Summarise the price list');
    expect(message).toMatchObject({ state: 'failed', error: { code: 'not_found' } });
    expect(one.db.prepare('SELECT count(*) FROM document_notes').pluck().get()).toBe(0);
  });

  it('asks which one where several titles fit, and reads the chosen one', async () => {
    const one = start(summing);
    const first = await addDocument(one, 'Lease of Mill Street', 2);
    const second = await addDocument(one, 'Lease of High Street', 2);
    const { message } = await askFor(one, 'Summarise the lease');
    expect(message.info?.asked?.whole?.state).toBe('choose');
    expect(message.info?.asked?.whole?.documentIds.toSorted()).toEqual([first, second].toSorted());
    const read = await goOn(one, message.id, { documentId: second });
    expect(read.message.citations[0]?.documentId).toBe(second);
  });

  it.each([
    'Summarise “Price list” in a few sentences.',
    'Résume « Price list » en quelques phrases.',
    'Give me a summary of the price list in five points',
    'Fais un résumé de price list.pdf',
  ])('finds the document that %s names', async (text) => {
    const one = start(summing);
    const id = await addDocument(one, 'Price list', 2);
    await addDocument(one, 'Other', 2);
    expect((await askFor(one, text)).message.info?.asked?.whole?.documentIds).toEqual([id]);
  });

  it('takes the document at hand in whatever words, and none where none is meant', async () => {
    const one = start(summing);
    const first = await addDocument(one, 'Exact wording of the list', 2);
    await addDocument(one, 'Other', 2);
    const { message } = await askFor(one, 'Quote exactly', { documentId: first, whole: true });
    expect(message.info?.asked?.whole?.documentIds).toEqual([first]);
    const at = await askFor(one, 'Summarise this document', { documentId: first, whole: false });
    expect(at.message.info?.asked?.whole?.documentIds).toEqual([first]);
    const none = await askFor(one, 'Summarise this document');
    expect(none.message.info?.asked?.whole).toBeUndefined();
    const question = await askFor(one, 'Summarise what the list says about pets', { documentId: first, whole: false });
    expect(question.message.info?.asked?.whole).toBeUndefined();
  });

  it('without a model gives the outline and sentences of the document, cited', async () => {
    const one = start(summing, { gateway: scriptedGateway([], () => []) });
    await addDocument(one, 'Price list', 5);
    const { message } = await askFor(one, 'Summarise the price list');
    expect(message.state).toBe('complete');
    expect(message.text).toMatch(/^A summary needs a model, and none is set up/);
    expect(message.citations.length).toBeGreaterThan(0);
    expect(message.text).toContain(message.citations[0]?.quote.slice(0, 30));
    expect(message.info?.asked?.whole).toMatchObject({ state: 'read', parts: 0 });
  });
});

describe('what a summary takes', () => {
  it('counts the joins of as many levels as the room of the answer needs', () => {
    const sizes = { note: 375, join: 6_000, answer: 6_000 };
    expect(joinsFor(1, sizes)).toEqual({ joins: 0, joined: 0 });
    expect(joinsFor(16, sizes)).toEqual({ joins: 0, joined: 0 });
    expect(joinsFor(80, sizes)).toEqual({ joins: 5, joined: 80 });
    expect(joinsFor(400, sizes)).toEqual({ joins: 27, joined: 425 });
  });

  it('asks by the price where it is known and something, else by the tokens', () => {
    const limits = { summaryCents: 5, summaryTokens: 1_000 };
    const small = { inputTokens: 400, outputTokens: 100 };
    const large = { inputTokens: 90_000, outputTokens: 100 };
    expect(needsYes({ ...large, costNano: 50_000_000 }, limits)).toBe(false);
    expect(needsYes({ ...small, costNano: 50_000_001 }, limits)).toBe(true);
    expect(needsYes({ ...small, costNano: null }, limits)).toBe(false);
    expect(needsYes({ ...large, costNano: null }, limits)).toBe(true);
    expect(needsYes({ ...large, costNano: 0 }, limits)).toBe(true);
    expect(needsYes({ ...small, costNano: 1 }, { ...limits, summaryCents: 0 })).toBe(true);
  });

  it('is said in words, with the spaces of French', () => {
    const page = (from: number): Place => ({ kind: 'page', label: '', from, to: from, headings: ['A'] });
    expect(stretchWords(page(40), page(47), 'en')).toBe('pages 40–47');
    const french = Object.values(wholeWords.fr).map((words) =>
      typeof words === 'string' ? words : (words as (...given: never[]) => string)(...([3, 4, 'p.'] as never[])),
    );
    for (const words of french) expect(words).not.toMatch(/[^\u00a0] ?[:»]|«[^\u00a0]|[^\u202f][;?!]/u);
    expect(usage.inputTokens).toBeGreaterThan(0);
  });
});
