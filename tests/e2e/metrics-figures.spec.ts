import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { counters, gauges, histograms, snapshots } from '../../src/main/telemetry/definitions';
import { type FaultyProvider, startFaultyProvider } from '../support/faultyProvider';
import { go, readyRow } from './actions';
import { type App, expect, test } from './app';
import { type EventName, events } from './figureEvents';
import { figures } from './figures';
import { letPass, openSection, prometheus, sumOf } from './metricsPage';
import { readFigures } from './readFigures';
import type { Scene } from './scene';

type Shown = Record<string, string>;

/** The page of the panel, with the health of the parts where it shows it. */
const openWhole = async (page: Page, section: string): Promise<void> => {
  await openSection(page, section);
  const main = page.getByRole('main');
  if (section === 'Overview') await expect(main.getByRole('listitem')).not.toHaveCount(0);
  if (section === 'Health') await expect(main.getByRole('rowheader', { name: 'Store' })).toBeVisible();
};

/** Opens the panel in a window that remembers nothing, so that no older figure is shown. Returns the figures of those pages. */
const readFresh = async (page: Page, sections: readonly string[]): Promise<Map<string, Shown>> => {
  await page.reload();
  await go(page, 'Metrics');
  const shown = new Map<string, Shown>();
  for (const section of sections) {
    await openWhole(page, section);
    shown.set(section, await readFigures(page, ['Faulty']));
  }
  return shown;
};

type Pages = typeof figures;

/** The figures that an event must change, by page. */
const changedBy = (event: EventName, pages: Pages): Map<string, string[]> => {
  const named = Object.entries(pages).map(([section, table]): [string, string[]] => [
    section,
    Object.keys(table).filter((figure) => table[figure] === event),
  ]);
  return new Map(named.filter(([, names]) => names.length > 0));
};

/** Waits until each figure of an event shows something else than before. */
const expectChanges = async (page: Page, named: Map<string, string[]>, before: Map<string, Shown>, event: string): Promise<void> => {
  for (const [section, names] of named) {
    const unchanged = async (): Promise<string[]> => {
      // The window asks for the figures again when the panel is opened, else in ten seconds only.
      await go(page, 'Debates');
      await go(page, 'Metrics');
      await openWhole(page, section);
      const now = await readFigures(page, ['Faulty']);
      return names.filter((name) => now[name] === undefined || now[name] === before.get(section)?.[name]);
    };
    // The originals are checked the more seldom the longer a check takes: a slow disk has a long pause.
    await expect.poll(unchanged, { message: `${event} changes each figure of ${section}`, timeout: 90_000 }).toEqual([]);
  }
};

// Reading the guide is one of the events that figures show.
test.use({ firstStart: true });

let faulty: FaultyProvider;
let folder = '';
test.beforeEach(async () => {
  faulty = await startFaultyProvider('openai');
  folder = mkdtempSync(join(tmpdir(), 'emergence-documents-'));
});
test.afterEach(async () => {
  await faulty.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Runs the events of some pages, and expects that each changes its figures and that the pages show no other. */
const proveFigures = async (app: App, pages: Pages): Promise<void> => {
  const scene: Scene = { app, faulty, folder, repairs: [] };
  await go(app.page, 'Library');
  await readyRow(app.page, /Adding documents/);
  // It would begin in the middle, and a question that it cannot take part in yet is not cached.
  await go(app.page, 'Settings');
  await app.page.getByRole('complementary', { name: 'Settings' }).getByRole('link', { name: 'Search and embeddings' }).click();
  const reading = app.page.getByRole('switch', { name: 'Read passages by meaning in the background' });
  await reading.click();
  await expect(reading).not.toBeChecked();

  const atStart = await readFresh(app.page, Object.keys(pages));
  for (const [section, table] of Object.entries(pages))
    for (const [name, proof] of Object.entries(table)) if (typeof proof === 'function') proof(atStart.get(section)?.[name] ?? '', app);
  // The guide was read more than a day ago: all figures of the period begin at nothing.
  letPass(app.dataFolder, 25 * 60);

  for (const [event, { run }] of Object.entries(events) as [EventName, (typeof events)[EventName]][]) {
    const named = changedBy(event, pages);
    if (named.size === 0) continue;
    await test.step(event, async () => {
      const before = await readFresh(app.page, [...named.keys()]);
      try {
        await run(scene);
        await expectChanges(app.page, named, before, event);
      } finally {
        // Also after a failure: the program could not close its store otherwise, and would hide the reason.
        for (const repair of scene.repairs.splice(0)) repair();
      }
    });
  }

  const shown = await readFresh(app.page, Object.keys(pages));
  for (const [section, table] of Object.entries(pages))
    expect(Object.keys(shown.get(section) ?? {}).sort(), section).toEqual(Object.keys(table).sort());
};

const { Memory = {}, ...others } = figures;

test('changes every figure of the panel by the event that stands for it', async ({ app }) => {
  test.setTimeout(420_000);
  for (const event of Object.keys(events) as EventName[])
    expect(changedBy(event, figures).size, `${event} stands in the table of figures`).toBeGreaterThan(0);
  await proveFigures(app, others);
});

test('changes every figure of memory by the event that stands for it', async ({ app }) => {
  test.setTimeout(300_000);
  await proveFigures(app, { Memory });
  // Other tools read the same: no metric of memory is there without being fed.
  const samples = await prometheus(app);
  const names = Object.keys({ ...counters, ...gauges, ...histograms, ...snapshots }).filter((name) => name.startsWith('memory_'));
  expect(names.length).toBeGreaterThan(15);
  expect(names.filter((name) => sumOf(samples, name) + sumOf(samples, `${name}_count`) === 0)).toEqual([]);
});
