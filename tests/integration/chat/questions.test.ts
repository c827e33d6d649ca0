import { Readable } from 'node:stream';
import { type Message, newId } from '@shared/model';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startTestEngine, type TestEngine } from '../../support/engine';
import { type FaultyProvider, startFaultyProvider } from '../../support/faultyProvider';

let engine: TestEngine;
let provider: FaultyProvider;

const files: Record<string, string> = {
  'lease.md': [
    '# Lease of 14 Mill Street',
    '## Article 1 Rent',
    'The rent is 9,000 euros a year. *It is payable monthly.*',
    '',
    'A deposit of two months is due.',
    '## Article 2 Notice',
    'The tenant may leave with six months’ notice.',
    '## Article 12 Pets',
    'Cats are allowed in the flat, as Article 1 says nothing of them.',
  ].join('\n'),
  'sublease.md': '# Sublease\n\nThe rent of the sublease is 400 euros a month. The notice period of the sublease is one month.',
  'bees.md': '# Report on bees\n\nThe dance of the bees shows the direction of the flowers.',
  'hives.md': '# Hives\n\nBees leave the hive in spring. A hive of bees needs water.',
  'honey.md': '# Honey\n\nHoney is made by bees in summer, in the hive.',
};

beforeAll(async () => {
  engine = await startTestEngine();
  provider = await startFaultyProvider('openai');
  for (const [source, text] of Object.entries(files)) {
    const uploadId = newId();
    const bytes = Buffer.from(text);
    await engine.client.library.beginUploads({ collectionId: null, files: [{ uploadId, source, size: bytes.length }] });
    await engine.files.receiveUpload(uploadId, Readable.from([bytes]), bytes.length);
    await engine.readyVersion(source);
  }
}, 120_000);
afterAll(async () => {
  await engine?.close();
  await provider?.close();
});

const ask = async (text: string, conversationId = newId()): Promise<Message> => {
  const { turnId } = await engine.client.chat.send({ turnId: newId(), questionId: newId(), conversationId, text });
  for await (const event of await engine.client.chat.watch({ turnId }))
    if (event.type === 'done' || event.type === 'failed' || event.type === 'stopped') return event.message;
  throw new Error('The turn had no end.');
};
const titlesOf = ({ citations }: Message): string[] => citations.map(({ title }) => title);

it('lists and counts all documents that hold the words, in any form, and pages them', async () => {
  const answer = await ask('List all documents about bees in a hive');
  expect(answer.info?.asked).toMatchObject({ intent: 'listing', listed: { total: 2, shown: 2 } });
  expect(titlesOf(answer)).toEqual(['Hives', 'Honey']);
  expect(answer.text).toMatch(/^2 documents hold “bees” and “hive”:/);
  expect(answer.text).toContain('in other words are not counted');
  const { text, collectionIds } = answer.info?.asked?.listed ?? { text: '', collectionIds: [] };
  const page = await engine.client.library.holding({ text, collectionIds, offset: 1, limit: 1 });
  expect(page).toMatchObject({ total: 2, documents: [{ title: 'Honey' }] });
});

it('says which word no document holds, in the language of the question', async () => {
  const answer = await ask('Quels documents parlent de chauffage et de loyer ?');
  expect(answer.info?.asked?.listed).toMatchObject({ total: 0 });
  expect(answer.text).toMatch(/^Aucun document ne contient à la fois «\u00a0chauffage\u00a0» et «\u00a0loyer\u00a0»\./);
});

it('lists the whole library without the guide', async () => {
  const answer = await ask('List all my documents');
  expect(answer.info?.asked?.listed?.total).toBe(5);
  expect(answer.citations).toHaveLength(5);
});

it('quotes an article word for word from the stored text, complete where it is contiguous', async () => {
  const answer = await ask('Quote exactly article 1');
  const [citation] = answer.citations;
  const { text } = await engine.client.library.text({ versionId: citation?.versionId ?? '', start: 0 });
  expect(citation?.quote).toBe(text.slice(citation?.start, citation?.end));
  expect(citation?.quote).toMatch(/Rent\nThe rent is 9,000 euros a year\.[\s\S]*A deposit of two months is due\.$/);
  expect(citation?.quote).not.toContain('notice');
  expect(answer.info?.asked).toEqual({ intent: 'verbatim', quoted: 'complete' });
  expect(answer.text).toContain('The complete text, as it is stored:');
});

it('never quotes a near number in the place of one that is not there', async () => {
  const answer = await ask('Quote exactly article 13');
  expect(answer.info?.asked?.quoted).toBeUndefined();
});

it('gives as many sources as are wanted, and says where there are fewer', async () => {
  const two = await ask('Give me 2 passages about bees');
  expect(two.info?.asked).toMatchObject({ intent: 'sources', sources: { wanted: 2, found: 2 } });
  expect(new Set(titlesOf(two)).size).toBe(2);
  const many = await ask('Donne-moi 30 extraits sur les abeilles');
  const { wanted = 0, found = 0 } = many.info?.asked?.sources ?? {};
  expect([wanted, found < 30, many.citations.length]).toEqual([30, true, found]);
});

it('searches the two sides of a comparison apart, and quotes both', async () => {
  const answer = await ask('Compare the rent of the sublease and the dance of the bees');
  expect(answer.info?.asked).toEqual({ intent: 'comparison', parts: ['rent of the sublease', 'dance of the bees'] });
  expect(titlesOf(answer)).toEqual(expect.arrayContaining(['Sublease', 'Report on bees']));
});

it('searches a follow-up with its subject, says so, and no other question', async () => {
  const conversationId = newId();
  const first = await ask('What is the notice period of the sublease?', conversationId);
  expect(first.info?.asked).toBeUndefined();
  const next = await ask('And the rent?', conversationId);
  expect(next.info?.asked).toEqual({ intent: 'followup', searchedAs: 'the notice period of the sublease, the rent' });
  expect(titlesOf(next)).toContain('Sublease');
  const other = await ask('How do bees make honey in summer?', conversationId);
  expect(other.info?.asked).toBeUndefined();
});

it('gives a model the passages of a rewritten question, and the question as it was asked', async () => {
  await engine.addProvider({ baseUrl: provider.baseUrl, model: 'model-a' });
  await engine.client.settings.update({ conversations: { modelTitles: false } });
  provider.play({ kind: 'answer', words: ['One month [1].'] });
  const conversationId = newId();
  await ask('What is the notice period of the sublease?', conversationId);
  const next = await ask('And the rent?', conversationId);
  expect(next.info?.asked?.searchedAs).toBe('the notice period of the sublease, the rent');
  const sent = JSON.stringify(provider.requests.at(-1)?.body ?? {});
  expect(sent).toContain('And the rent?');
  expect(sent).toContain('400 euros');
  // The program lists by itself, with a model too.
  const before = provider.requests.length;
  const listing = await ask('Which documents mention honey?');
  expect(listing.info).toMatchObject({ provider: 'passages', asked: { listed: { total: 1 } } });
  expect(provider.requests.length).toBe(before);
});
