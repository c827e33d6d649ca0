import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createLearn } from '@main/memory/items/learn';
import { ownParts } from '@main/memory/learning/ownParts';
import { readableOf } from '@main/memory/learning/readable';
import { readByRules } from '@main/memory/learning/rules/readRules';
import { memoryLines } from '@main/memory/recall/recallText';
import { nearBest, unaskedPart } from '@main/memory/recall/turnRecall';
import { readTimeQuestion } from '@main/memory/time/readTimeQuestion';
import { createChangeBus } from '@main/store/changes';
import { findMessage, insertMessage } from '@main/store/messages';
import { openStore } from '@main/store/open';
import { defaultConversationSettings, type Message, newId } from '@shared/model';
import { expect, test } from 'vitest';
import { openRecall } from './recallFixture';

const now = Date.UTC(2026, 11, 1, 9);
const hour = 3_600_000;

interface Talk {
  language: 'en' | 'fr';
  told: string[];
  /** Questions, with the words of the first line that a model is given; null where nothing is to be given. */
  asked: [question: string, first: RegExp | null][];
}

const talks: Talk[] = [
  {
    language: 'en',
    told: [
      'Hi! I moved from Bristol to Leeds in September because I started working as a nurse at the infirmary.',
      'I cannot stand coffee, by the way. Only tea for me.',
      'I have to hand in my thesis chapter before 18 December. Can you give me one tip to stay on schedule?',
      'My colleague Priya took over from Tom as head of the ward last week.',
      'My dentist is Dr Okafor and my dog Biscuit hates him.',
    ],
    asked: [
      ['Where do I live?', /lives in: Leeds, since September 2026/],
      ['Where did I live before?', /lives in: Bristol, until August 2026, no longer true/],
      ['What do I do for a living?', /works as: nurse/],
      ['What must I finish in December?', /task: hand in my thesis chapter, due on 18 December 2026/],
      ['What are my deadlines?', /thesis chapter/],
      ['What is my dog’s name?', /dog: Biscuit/],
      ['Who is my dentist?', /dentist: Dr Okafor/],
      ['Do I like coffee?', /dislikes: coffee/],
      ['Who heads the ward now?', /Priya/],
      ['What is the capital of Italy?', null],
      ['What should I do about a cough?', null],
    ],
  },
  {
    language: 'fr',
    told: [
      'Bonjour, j’ai déménagé à Nantes en octobre, avant j’habitais à Lille.',
      'Je préfère des réponses courtes, sans listes.',
      'Je dois rendre le rapport d’activité avant le 20 décembre.',
      'Ma cheffe Sophie remplace Marc depuis lundi.',
      'Je suis allergique aux noix. Je travaille comme infirmier au CHU.',
    ],
    asked: [
      ['Où est-ce que j’habite ?', /habite à : Nantes, depuis octobre 2026/],
      ['Où est-ce que j’habitais avant ?', /habite à : Lille, jusqu’en septembre 2026, n’est plus vrai/],
      ['Qui est ma cheffe ?', /chef : Sophie/],
      ['Qu’est-ce que je dois rendre en décembre ?', /rapport d’activité, pour le 20 décembre 2026/],
      ['Quelles sont mes échéances ?', /rapport d’activité/],
      ['À quoi suis-je allergique ?', /allergie : noix/],
      ['Qu’est-ce que je fais dans la vie ?', /métier : infirmier/],
      ['Quelle est la capitale de la France ?', null],
      ['Comment éplucher des noix ?', null],
    ],
  },
];

// The talks are those of a tour with a real small model, which had found none of the first six answers.
test.each(talks)('answers questions about the person by items that were learnt, $language', async ({ language, told, asked }) => {
  const folder = mkdtempSync(join(tmpdir(), 'emergence-asked-'));
  const { db, close } = openStore({ dataFolder: folder });
  const learn = createLearn({ db, changes: createChangeBus(), now: () => now });
  for (const [index, said] of told.entries()) {
    const [conversationId, messageId] = [newId(), newId()];
    const at = now - (told.length - index) * hour;
    db.prepare("INSERT INTO conversations(id, kind, settings, created_at, updated_at) VALUES (?, 'chat', ?, ?, ?)").run(
      conversationId,
      JSON.stringify(defaultConversationSettings),
      at,
      at,
    );
    const shared = { conversationId, turnId: null, state: 'complete', at } as const;
    const question = { ...shared, id: messageId, parentId: null, role: 'user', speaker: null, text: said } as const;
    insertMessage(db, question);
    insertMessage(db, { ...shared, id: newId(), parentId: messageId, role: 'assistant', speaker: 'neo', text: 'I see.' });
    const readable = readableOf(findMessage(db, messageId) as Message, 'anima', null);
    if (readable) await learn(ownParts(readByRules(readable), [readable]), null, new AbortController().signal);
  }
  const { recall, close: closeRecall } = await openRecall(folder, db);
  const given: [string, string | null][] = [];
  for (const [text] of asked) {
    const { temporal: isAsked } = readTimeQuestion(text, { now, zone: 'UTC' });
    const found = await recall({ text, conversationId: null, agentId: null, now, isAsked });
    const part = isAsked ? nearBest(found) : unaskedPart(found, { conversationId: newId(), text });
    const isNothing = part.items.length + part.messages.length === 0;
    given.push([text, isNothing ? null : (memoryLines(part, { language, zone: 'UTC', now })[0]?.text ?? null)]);
  }
  await closeRecall();
  close();
  rmSync(folder, { recursive: true, force: true });
  for (const [index, [question, first]] of asked.entries()) {
    const line = given[index]?.[1] ?? null;
    if (first === null) expect([question, line]).toEqual([question, null]);
    else expect(line, question).toMatch(first);
  }
});
