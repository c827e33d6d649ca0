import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { addServer, answers, ask, choose, dropDocuments, go, newChat, readyRow, startShortDebate } from './actions';
import { expect } from './app';
import { damageStore } from './damageStore';
import { writeDocuments, writeLongText } from './documents';
import { memoryEvents } from './memoryEvents';
import { setPrices } from './metricsPage';
import type { FigureEvent, Scene } from './scene';

const hello = { kind: 'answer', words: ['Hello', ' there'] } as const;
const slow = { kind: 'answer', words: Array.from({ length: 400 }, (_, index) => `word${index} `), delayMs: 50 } as const;

/** Asks in a new chat, and waits until the answer is judged. */
const askAnew = async (page: Page, text: string): Promise<void> => {
  await newChat(page);
  const answer = await ask(page, text);
  await expect(answer.getByRole('button', { name: 'Copy' })).toBeAttached();
};

/** Asks the model in a new chat, and waits until the title is requested too. */
const askModel = async ({ app: { page }, faulty }: Scene): Promise<void> => {
  const before = faulty.requests.length;
  await newChat(page);
  await ask(page, 'What is the first thing to know?');
  await expect.poll(() => faulty.requests.length, { intervals: [50] }).toBe(before + 2);
};

const lamp = 'When was the lamp of the Kermorvan lighthouse lit for the first time?';

/** The events that change figures, in the order in which they happen. */
export const events = {
  documentRead: {
    run: async ({ app: { page }, folder }) => {
      await go(page, 'Library');
      await dropDocuments(page, [writeDocuments(folder).pdf]);
      await readyRow(page, /lighthouse/i);
    },
  },
  documentBroken: {
    run: async ({ app: { page }, folder }) => {
      const broken = join(folder, 'broken.pdf');
      writeFileSync(broken, '%PDF-1.7 and nothing that follows');
      await go(page, 'Library');
      await dropDocuments(page, [broken]);
      await expect(page.getByRole('row', { name: /broken/ })).toContainText('Not read');
    },
  },
  documentsWait: {
    run: async ({ app: { page }, folder }) => {
      await go(page, 'Library');
      await dropDocuments(
        page,
        ['one.txt', 'two.txt', 'three.txt'].map((name) => writeLongText(folder, name)),
      );
      await expect(page.getByRole('row', { name: /\.txt|one|two|three/ })).toHaveCount(3);
    },
  },
  documentsCancelled: {
    run: async ({ app: { page } }) => {
      const work = page.getByRole('region', { name: 'Work in progress' });
      await work.getByRole('button', { name: 'Cancel' }).click();
      await expect(work).toBeHidden();
    },
  },
  questionAnswered: { run: ({ app }) => askAnew(app.page, lamp) },
  questionRepeated: { run: ({ app }) => askAnew(app.page, lamp) },
  questionsTouched: {
    run: async ({ app }) => {
      await askAnew(app.page, 'Can several people share one computer?');
      await askAnew(app.page, 'Is my key safe with a child at home?');
    },
  },
  questionUnknown: { run: ({ app }) => askAnew(app.page, 'What do penguins eat in Antarctica?') },
  providerAdded: {
    run: async ({ app, faulty }) => {
      await setPrices(await addServer(app.page, faulty.baseUrl, { name: 'Faulty' }));
    },
  },
  modelAnswers: { run: askModel },
  // The rows of the model's answers and titles are there already: only their values change.
  modelAnswersAgain: {
    run: async (scene) => {
      scene.faulty.play({ ...hello, cached: 4 }, hello);
      await askModel(scene);
    },
  },
  answerStopped: {
    run: async ({ app: { page }, faulty }) => {
      faulty.play(slow, hello);
      await newChat(page);
      await ask(page, 'Stop this one', { wait: false });
      await expect(answers(page).last()).toContainText('word3');
      await page.getByRole('button', { name: 'Stop', exact: true }).click();
      await expect(answers(page).last()).toContainText('Stopped');
    },
  },
  keyRefused: {
    run: async ({ app: { page }, faulty }) => {
      faulty.play(faulty.wrongKey(), hello);
      await newChat(page);
      await ask(page, 'The key is wrong');
      await expect(answers(page).last()).toContainText('refused the key');
    },
  },
  debateEnds: {
    run: async ({ app: { page } }) => {
      await startShortDebate(page, 'Should the office be given up?');
      await expect(page.getByRole('button', { name: 'Export' })).toBeVisible();
    },
  },
  debateStopped: {
    run: async ({ app: { page }, faulty }) => {
      faulty.play(slow);
      await startShortDebate(page, 'Is this to be stopped?');
      await expect(page.getByRole('region', { name: 'Round 1' })).toContainText('word3');
      await page.getByRole('button', { name: 'Stop', exact: true }).click();
      await expect(page.getByRole('button', { name: 'Resume' })).toBeVisible();
    },
  },
  embedderLeftOut: {
    run: async ({ app: { page } }) => {
      await go(page, 'Settings');
      await page.getByRole('link', { name: 'Search and embeddings' }).click();
      await choose(page.getByRole('radio', { name: /words only|None/i }));
    },
  },
  storeDamaged: {
    run: async ({ app, repairs }) => {
      repairs.push(damageStore(app.dataFolder));
    },
  },
  ...memoryEvents,
  restarted: {
    run: async ({ app }) => {
      await app.stop();
      await app.start();
    },
  },
} satisfies Record<string, FigureEvent>;

export type EventName = keyof typeof events;
