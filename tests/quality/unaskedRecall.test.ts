import { readFileSync } from 'node:fs';
import { unaskedPart } from '@main/memory/recall/turnRecall';
import { newId } from '@shared/model';
import { expect, test } from 'vitest';
import { type AskedQuestion, askTalk } from './evaluateMemory';
import { readMemorySet } from './memorySet';

interface Line {
  group: string;
  text: string;
  /** The messages of the talk that it continues; none for a message that opens a new subject. */
  evidence: string[];
}

const set = 'tests/quality/memory';
const lines = readFileSync(`${set}/unasked.fr.jsonl`, 'utf8')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line) as Line);

/** The messages of the set with what a turn would be given for each without being asked. */
const given = async () => {
  const all: { asked: AskedQuestion; texts: string[]; right: number }[] = [];
  for (const talk of readMemorySet(`${set}/talks-fr`).talks) {
    const questions = lines
      .filter(({ group }) => group === talk.group)
      .map(({ text, evidence }) => ({
        ...{ id: text, text, type: evidence.length > 0 ? 'continues' : 'new', at: null },
        evidence: new Map(evidence.map((id) => [id, 1])),
      }));
    const ids = new Map(talk.messages.map(({ id, text }) => [text, id]));
    for (const asked of await askTalk(talk, questions)) {
      const texts = unaskedPart(asked.recalled, { conversationId: newId(), text: asked.question.text }).messages.map(({ text }) => text);
      all.push({ asked, texts, right: texts.filter((text) => asked.question.evidence.has(ids.get(text) ?? '')).length });
    }
  }
  return all;
};

test('unasked recall comes where a subject continues, and hardly ever where one begins', async () => {
  const all = await given();
  const of = (type: string) => all.filter(({ asked }) => asked.question.type === type);
  const [continues, begins] = [of('continues'), of('new')];
  expect([continues.length, begins.length]).toEqual([48, 48]);
  const recalled = continues.filter(({ texts }) => texts.length > 0);
  const wrongly = begins.filter(({ texts }) => texts.length > 0);
  const shown = continues.reduce((sum, { texts }) => sum + texts.length, 0);
  const right = continues.reduce((sum, one) => sum + one.right, 0);
  console.info(
    `unasked recall: ${recalled.length} of ${continues.length} that continue, ${recalled.filter((one) => one.right > 0).length} with what they continue; ` +
      `${wrongly.length} of ${begins.length} that begin; ${right} of ${shown} messages right`,
  );
  expect(wrongly.length / begins.length).toBeLessThanOrEqual(0.03);
  expect(recalled.filter((one) => one.right > 0).length / continues.length).toBeGreaterThanOrEqual(0.6);
  expect(right / shown).toBeGreaterThanOrEqual(0.7);
});
