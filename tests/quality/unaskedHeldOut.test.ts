import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { unaskedPart } from '@main/memory/recall/turnRecall';
import { insertMemory } from '@main/store/memoryItems';
import { insertMessage } from '@main/store/messages';
import { openStore } from '@main/store/open';
import { defaultConversationSettings, newId } from '@shared/model';
import { expect, test } from 'vitest';
import { memoryFields } from '../support/memories';
import { openRecall } from './recallFixture';

/** A new question; with the item that it continues and the message in which that was said, or with neither. */
interface Pair {
  item?: string;
  said?: string;
  question: string;
}

const pairs = readFileSync('tests/quality/memory/unaskedHeldOut.jsonl', 'utf8')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line) as Pair);

const day = 86_400_000;
const start = Date.UTC(2026, 3, 6, 9);

/** The lines that each question would be given without being asked, over one memory of all items and messages. */
const givenLines = async () => {
  const folder = mkdtempSync(join(tmpdir(), 'emergence-unasked-'));
  const { db, close } = openStore({ dataFolder: folder });
  const conversation = db.prepare("INSERT INTO conversations(id, kind, settings, created_at, updated_at) VALUES (?, 'chat', ?, ?, ?)");
  for (const [index, { item, said }] of pairs.entries()) {
    if (item === undefined || said === undefined) continue;
    const [conversationId, id, at] = [newId(), newId(), start + (index * day) / 4];
    conversation.run(conversationId, JSON.stringify(defaultConversationSettings), at, at);
    const shared = { conversationId, turnId: null, state: 'complete' } as const;
    insertMessage(db, { ...shared, id, parentId: null, role: 'user', speaker: null, text: said, at });
    insertMessage(db, { ...shared, id: newId(), parentId: id, role: 'assistant', speaker: 'neo', text: 'OK.', at: at + 60_000 });
    insertMemory(db, newId(), { ...memoryFields, text: item, learnedAt: at }, at);
  }
  const { recall, close: closeRecall } = await openRecall(folder, db);
  const all: { pair: Pair; lines: string[] }[] = [];
  for (const pair of pairs) {
    const request = { text: pair.question, conversationId: null, agentId: null, now: start + 15 * day, isAsked: false };
    const { items, messages } = unaskedPart(await recall(request), { conversationId: newId(), text: pair.question });
    all.push({ pair, lines: [...items.map(({ item }) => item.text), ...messages.map(({ text }) => text)] });
  }
  await closeRecall();
  close();
  rmSync(folder, { recursive: true, force: true });
  return all;
};

// Written after the limits of unasked recall were chosen, on other subjects: no limit is to be set by it.
test('unasked recall holds on subjects by which its limits were not chosen', async () => {
  const all = await givenLines();
  const continues = all.filter(({ pair }) => pair.item !== undefined);
  const begins = all.filter(({ pair }) => pair.item === undefined);
  expect([continues.length, begins.length]).toEqual([44, 44]);
  const isRight = ({ item, said }: Pair, line: string): boolean => line === item || line === said;
  const found = continues.filter(({ pair, lines }) => lines.some((line) => isRight(pair, line)));
  const shown = all.reduce((sum, { lines }) => sum + lines.length, 0);
  const right = all.reduce((sum, { pair, lines }) => sum + lines.filter((line) => isRight(pair, line)).length, 0);
  const wrongly = begins.filter(({ lines }) => lines.length > 0);
  console.info(
    [
      `unasked recall, held out: ${found.length} of ${continues.length} that continue; ${right} of ${shown} lines right`,
      ...continues.filter((one) => !found.includes(one)).map(({ pair }) => `without: ${pair.question}`),
      ...wrongly.map(({ pair, lines }) => `wrongly: ${pair.question} → ${lines.join(' | ')}`),
    ].join('\n'),
  );
  expect(wrongly.length / begins.length).toBeLessThanOrEqual(0.05);
  expect(right / shown).toBeGreaterThanOrEqual(0.8);
  expect(found.length / continues.length).toBeGreaterThanOrEqual(0.35);
});
