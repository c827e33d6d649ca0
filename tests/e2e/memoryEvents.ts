import { join } from 'node:path';
import Database from 'better-sqlite3';
import { addServer, ask, composer, go, newChat } from './actions';
import { expect } from './app';
import { askWithMemory, chooseForMemory, readEarlierChats, remember, startReading } from './memoryActions';
import type { FigureEvent, Scene } from './scene';

/** The answer of a model that reads messages: where the person lives. */
const livesIn = (quote: string, value: string) => {
  const item = { message: 1, kind: 'fact', quote, text: `${quote}.`, subject: 'me', attribute: 'home', value };
  return { kind: 'answer', words: [JSON.stringify({ items: [{ ...item, from: null, to: null, due: null, over: false }] })] } as const;
};
const hello = { kind: 'answer', words: ['Hello', ' there'] } as const;

/** Says something in a new chat, and waits until the title is requested too. */
const say = async ({ app: { page }, faulty }: Scene, text: string): Promise<void> => {
  // The test of a new provider is a request too.
  const asked = (): number => faulty.requests.filter(({ body }) => JSON.stringify(body).includes(text)).length;
  const before = asked();
  faulty.play(hello);
  await newChat(page);
  await ask(page, text);
  await expect.poll(asked, { intervals: [50] }).toBe(before + 2);
};

/** Makes the program take its messages for unread, as after a crash in the middle of an analysis. */
const forgetReadings = (dataFolder: string): void => {
  const db = new Database(join(dataFolder, 'emergence.db'));
  db.prepare('DELETE FROM memory_analysed').run();
  db.close();
};

const hint = ({ app: { page } }: Scene) => page.getByRole('region', { name: 'Hint from the memory' });

/** The events that change the figures of memory, in the order in which they happen. */
export const memoryEvents = {
  memoryMade: {
    run: async ({ app: { page } }) => {
      await newChat(page);
      await composer(page).fill('/remember The early train to Brest leaves at six');
      await composer(page).press('Enter');
      await expect(page.getByText(/^Remembered:/).first()).toBeVisible();
    },
  },
  messagesRead: {
    run: async (scene) => {
      await addServer(scene.app.page, scene.faulty.baseUrl, { name: 'Faulty' });
      await say(scene, 'I live in Paris.');
      scene.faulty.play(livesIn('I live in Paris', 'Paris'));
      await readEarlierChats(scene.app.page);
    },
  },
  messagesReadAgain: {
    run: async ({ app }) => {
      forgetReadings(app.dataFolder);
      await readEarlierChats(app.page);
    },
  },
  memoryMoved: {
    run: async (scene) => {
      await say(scene, 'I live in Lyon now.');
      scene.faulty.play(livesIn('I live in Lyon now', 'Lyon'));
      await readEarlierChats(scene.app.page);
    },
  },
  readingFailed: {
    run: async (scene) => {
      await say(scene, 'I work in Rennes.');
      const { faulty } = scene;
      const before = faulty.requests.length;
      faulty.play(faulty.wrongKey());
      // The messages count as unread by a model: nothing says that the reading ended.
      await startReading(scene.app.page);
      await expect.poll(() => faulty.requests.length).toBeGreaterThan(before);
    },
  },
  memoryArchived: {
    run: async ({ app: { page } }) => {
      await go(page, 'Memory');
      await remember(page, 'The bridge is closed');
      await chooseForMemory(page, 'bridge', 'Archive');
      await expect(page.getByText('“The bridge is closed” archived', { exact: true })).toBeVisible();
    },
  },
  memoryDeleted: {
    run: async ({ app: { page } }) => {
      await go(page, 'Memory');
      await remember(page, 'The ferry is late');
      await chooseForMemory(page, 'ferry', 'Delete');
      await expect(page.getByText('“The ferry is late” deleted', { exact: true })).toBeVisible();
    },
  },
  pastAsked: { run: (scene) => say(scene, 'When did we talk about Lyon?') },
  pastAskedAgain: {
    run: async (scene) => {
      // The first question is now a past message about Lyon, which is read as such a question; then its reading is known.
      await say(scene, 'When did we talk about Lyon?');
      await say(scene, 'When did we talk about Lyon?');
    },
  },
  memoryRecalled: {
    run: async ({ app: { page } }) => {
      await askWithMemory(page, 'When does the early train to Brest leave?');
    },
  },
  hintShown: {
    run: async (scene) => {
      const { page } = scene.app;
      const tomorrow = new Date(Date.now() + 36 * 3_600_000).toISOString().slice(0, 10);
      await go(page, 'Memory');
      await remember(page, 'Send the offer to Lindqvist', 'Intent', tomorrow);
      await newChat(page);
      await composer(page).fill('Which offer is open?');
      await expect(hint(scene)).toContainText('Lindqvist');
    },
  },
  hintPutAway: {
    run: async (scene) => {
      const { page } = scene.app;
      const later = new Date(Date.now() + 60 * 3_600_000).toISOString().slice(0, 10);
      await go(page, 'Memory');
      await remember(page, 'Call the printer', 'Intent', later);
      await newChat(page);
      await composer(page).fill('Which printer do we use?');
      await expect(hint(scene)).toContainText('printer');
      await hint(scene).getByRole('button', { name: 'Put the hint away' }).click();
      await expect(hint(scene)).toBeHidden();
    },
  },
} satisfies Record<string, FigureEvent>;
