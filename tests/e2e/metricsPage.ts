import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator, Page } from '@playwright/test';
import Database from 'better-sqlite3';
import { go } from './actions';
import { type App, expect } from './app';

/** Reads the panel of figures as a person does, and `GET /metrics` as Prometheus does. */

export const question = (page: Page, name: string): Locator => page.getByRole('main').getByRole('region', { name, exact: true });

export const openSection = async (page: Page, name: string): Promise<void> => {
  await page.getByRole('navigation', { name: 'Metrics' }).getByRole('link', { name }).click();
  await expect(page.getByRole('heading', { level: 1, name })).toBeVisible();
  await expect(page.getByRole('main').getByRole('region', { name, exact: true }).first()).toHaveAttribute('aria-busy', 'false');
};

export const choosePeriod = async (page: Page, name: string): Promise<void> => {
  const radio = page.getByRole('radio', { name });
  await radio.click();
  await expect(radio).toBeChecked();
};

/** The figure with a name. */
export const fact = (place: Locator, name: string | RegExp): Locator => place.locator('dl > div').filter({ hasText: name }).locator('dd');

/** The rows of a table by their row header. */
export const row = (place: Locator, name: string | RegExp): Locator =>
  place.getByRole('row').filter({ has: place.page().getByRole('rowheader', { name }) });

/** A row of the table with that title, as its figures by column; the rows whose cells include all of `having` are summed. */
export const cells = async (place: Page, title: RegExp, having: readonly string[]): Promise<Record<string, string>> => {
  const table = place.getByRole('main').getByRole('region', { name: title }).getByRole('table');
  const columns = await table.getByRole('columnheader').allTextContents();
  let line = table.getByRole('row');
  for (const text of having) line = line.filter({ has: place.getByText(text, { exact: true }) });
  const texts = await line.locator('th, td').allTextContents();
  return Object.fromEntries(columns.map((name, index) => [name, texts[index] ?? '']));
};

/** A time with its unit, separated by a no-break space. */
export const time = /\d+(\.\d)?\s(ms|s)/;

/** Gives the first model of a provider a price of a thousand dollars for a million tokens, as a person would. */
export const setPrices = async (card: Locator): Promise<void> => {
  for (const name of [/^In, price of/, /^Out, price of/]) {
    const field = card.getByRole('textbox', { name }).first();
    await field.fill('1000');
    await field.press('Enter');
    await expect(field).toHaveValue(/1.?000/);
  }
};

const accessOf = async ({ page, address, dataFolder }: App): Promise<{ origin: string; token: string }> => {
  if (address) {
    const { origin, hash } = new URL(address);
    return { origin, token: decodeURIComponent(hash.slice('#token='.length)) };
  }
  // In Electron the local API is off until the person switches it on.
  const file = join(dataFolder, 'access.json');
  if (!existsSync(file)) {
    await go(page, 'Settings');
    await page.getByRole('switch', { name: 'Local API' }).click();
    await expect.poll(() => existsSync(file)).toBe(true);
  }
  const { token, port } = JSON.parse(readFileSync(file, 'utf8')) as { token: string; port: number };
  return { origin: `http://127.0.0.1:${port}`, token };
};

/** The samples of `GET /metrics` by series: `chat_turns_total{outcome="done"}` and its value. */
export const prometheus = async (app: App): Promise<Record<string, number>> => {
  const { origin, token } = await accessOf(app);
  const text = await (await fetch(`${origin}/metrics`, { headers: { authorization: `Bearer ${token}` } })).text();
  const lines = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  return Object.fromEntries(lines.map((line) => [line.slice(0, line.lastIndexOf(' ')), Number(line.slice(line.lastIndexOf(' ') + 1))]));
};

/** The sum of the samples whose series has this name and all of these labels. */
export const sumOf = (samples: Record<string, number>, name: string, labels: Record<string, string> = {}): number =>
  Object.entries(samples)
    .filter(([series]) => series === name || series.startsWith(`${name}{`))
    .filter(([series]) => Object.entries(labels).every(([label, value]) => series.includes(`${label}="${value}"`)))
    .reduce((sum, [, value]) => sum + value, 0);

/** Lets time pass by moving everything stored so far that many minutes back. */
export const letPass = (dataFolder: string, minutes: number): void => {
  const db = new Database(join(dataFolder, 'emergence.db'));
  const by = minutes * 60_000;
  db.transaction(() => {
    // In two steps, since a point must not take the key of another one that is not moved yet.
    db.prepare('UPDATE metric_points SET t = -(t - ?)').run(by);
    db.prepare('UPDATE metric_points SET t = -t').run();
    db.prepare('UPDATE model_calls SET at = at - ?').run(by);
    db.prepare('UPDATE debates SET created_at = created_at - ?').run(by);
  })();
  db.close();
};
