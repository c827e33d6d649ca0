import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { newId } from '../../src/shared/model';
import { go } from './actions';
import { expect, test } from './app';
import { expectNoBarrier } from './axe';
import { memoryRow } from './memoryActions';

/** Memories with their times: by month, before and after each other, and by tag. */
/** A memory as an exported file holds it. */
const memory = (text: string, more: object) => ({
  ...{ id: newId(), kind: 'fact', text, subject: 'me', attribute: '', value: '', validFrom: null, validTo: null },
  ...{ learnedAt: Date.UTC(2026, 2, 10), supersededBy: null, dueAt: null, doneAt: null, origin: 'person', model: null, confidence: 1 },
  ...{ confirmed: true, protected: false, muted: false, archivedAt: null, deletedAt: null, vitality: 1, lastUsedAt: null, uses: 0 },
  ...{ mentions: 1, firstMentionAt: Date.UTC(2026, 2, 10), lastMentionAt: Date.UTC(2026, 2, 10), agentId: null, tags: [], conflicts: [] },
  ...{ revision: 1, createdAt: 1, updatedAt: 1, sources: [] },
  ...more,
});

const importMemories = async (page: Page, items: object[]): Promise<void> => {
  const folder = mkdtempSync(join(tmpdir(), 'emergence-memory-'));
  const path = join(folder, 'memory.json');
  writeFileSync(path, JSON.stringify({ format: 'emergence-memory', version: 1, items }));
  await go(page, 'Memory');
  await page.locator('main input[type="file"]').setInputFiles(path);
  await expect(memoryRow(page, String((items.at(-1) as { text: string }).text))).toBeVisible();
  rmSync(folder, { recursive: true, force: true });
};

test('shows memories by month of both clocks, and filters by a month', async ({ app }) => {
  const { page } = app;
  await importMemories(page, [
    memory('Keeps bees', { learnedAt: Date.UTC(2026, 0, 15) }),
    memory('Lives in Lyon', { validFrom: Date.UTC(2026, 1, 15) }),
  ]);
  await page.getByRole('button', { name: 'Show by month' }).click();
  const strip = page.getByRole('region', { name: 'By month' });
  await strip.getByRole('radio', { name: 'January 2026: 1 memory' }).click();
  await expect(memoryRow(page, 'Keeps bees')).toBeVisible();
  await expect(memoryRow(page, 'Lives in Lyon')).toBeHidden();
  // By keyboard: the next month with memories.
  await page.keyboard.press('ArrowRight');
  await expect(strip.getByRole('radio', { name: 'March 2026: 1 memory' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(memoryRow(page, 'Lives in Lyon')).toBeVisible();
  await expect(memoryRow(page, 'Keeps bees')).toBeHidden();
  await page.keyboard.press('Enter');
  await expect(memoryRow(page, 'Keeps bees')).toBeVisible();
  await strip.getByRole('radio', { name: 'True', exact: true }).click();
  await strip.getByRole('radio', { name: 'February 2026: 1 memory' }).click();
  await expect(memoryRow(page, 'Keeps bees')).toBeHidden();
  await expectNoBarrier(page, 'the months');
  await page.getByRole('button', { name: 'Show by month' }).click();
  await expect(memoryRow(page, 'Keeps bees')).toBeVisible();
});

test('leads from a memory to the one before and the one after', async ({ app }) => {
  const { page } = app;
  const lyon = memory('Lives in Lyon', { validFrom: Date.UTC(2026, 2, 2) });
  const paris = memory('Lives in Paris', { validTo: Date.UTC(2026, 2, 2), supersededBy: lyon.id });
  await importMemories(page, [paris, lyon]);
  await memoryRow(page, 'Lives in Lyon').dblclick();
  const steps = page.getByRole('region', { name: 'Over time' });
  await expect(steps.getByRole('listitem')).toHaveText([/Lives in Paris.*before.*until 2 Mar 2026/, /Lives in Lyon.*this memory/]);
  await steps.getByRole('link', { name: 'Lives in Paris' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Lives in Paris');
  await expect(steps.getByRole('listitem')).toHaveText([/Lives in Paris.*this memory/, /Lives in Lyon.*after/]);
  await expectNoBarrier(page, 'a memory with the one after it');
});

test('offers the tags in use, and shows the memories of a tag from one of them', async ({ app }) => {
  const { page } = app;
  await importMemories(page, [memory('Keeps bees', {}), memory('Has a garden', { tags: ['outdoors'] })]);
  await memoryRow(page, 'Keeps bees').click({ button: 'right' });
  await page.getByRole('menuitem', { name: 'Tags…' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('group', { name: 'Tags in use' }).getByRole('button', { name: 'outdoors' }).click();
  await expect(dialog.getByRole('textbox', { name: 'Tags' })).toHaveValue('outdoors');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await memoryRow(page, 'Keeps bees').dblclick();
  await page.getByRole('link', { name: 'outdoors' }).click();
  await expect(page.getByRole('combobox', { name: 'Tag' })).toHaveValue('outdoors');
  await expect(memoryRow(page, 'Has a garden')).toBeVisible();
});

test('draws the subjects that are mentioned together, and leads to the memories of one', async ({ app }) => {
  const { page } = app;
  await importMemories(page, [
    memory('Marc likes figs', { subject: 'Marc' }),
    memory('Rennes', { subject: 'Rennes', kind: 'concept' }),
    memory('Claire works in Rennes', { subject: 'Claire' }),
  ]);
  await page.getByRole('navigation', { name: 'Memory' }).getByRole('link', { name: 'Connections' }).click();
  const drawing = page.getByRole('group', { name: /^Subjects that are mentioned together/ });
  await expect(drawing.getByRole('button')).toHaveCount(3);
  const list = page.getByRole('complementary', { name: 'Subjects' });
  await expect(list.getByRole('link', { name: /^Claire/ })).toHaveText('Claire1 memorywith Rennes');
  await expectNoBarrier(page, 'what is mentioned together');
  // By keyboard: one stop for Tab, arrows between the subjects.
  await drawing.getByRole('button', { name: 'Rennes, 2 memories, connections: 1' }).focus();
  await page.keyboard.press('Enter');
  await expect(memoryRow(page, 'Claire works in Rennes')).toBeVisible();
  await expect(memoryRow(page, 'Marc likes figs')).toBeHidden();
  await page.getByRole('button', { name: 'About Rennes' }).click();
  await expect(memoryRow(page, 'Marc likes figs')).toBeVisible();
});
