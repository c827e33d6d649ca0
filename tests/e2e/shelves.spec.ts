import type { Locator, Page } from '@playwright/test';
import { go, readyRow } from './actions';
import { type App, expect, test } from './app';
import { expectNoBarrier } from './axe';
import { expectNoOverflow } from './overflow';

const addText = async (page: Page, title: string, text: string): Promise<void> => {
  await page.getByRole('button', { name: 'Add documents' }).click();
  await page.getByRole('menuitem', { name: 'Paste a text…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Add a text' });
  await dialog.getByRole('textbox', { name: 'Title' }).fill(title);
  await dialog.getByRole('textbox', { name: 'Text', exact: true }).fill(text);
  await dialog.getByRole('button', { name: 'Add to the library' }).click();
  await expect(dialog).toBeHidden();
};

const makeCollection = async (page: Page, name: string): Promise<void> => {
  await page.getByRole('button', { name: 'New collection', exact: true }).click();
  const field = page.getByRole('textbox', { name: 'Name of the collection' });
  await expect(field).toBeFocused();
  await field.fill(name);
  await field.press('Enter');
  await expect(page.getByRole('heading', { level: 1, name })).toBeVisible();
};

/** Chooses an action of a collection from its menu, by the keyboard. */
const actOn = async (page: Page, name: string, action: string): Promise<void> => {
  await page.getByRole('button', { name: `Actions for ${name}`, exact: true }).focus();
  await page.keyboard.press('Enter');
  await page.getByRole('menuitem', { name: action, exact: true }).press('Enter');
};

const actOnRow = async (row: Locator, action: string): Promise<void> => {
  await row.click({ button: 'right' });
  await row.page().getByRole('menuitem', { name: action, exact: true }).click();
};

const collection = (page: Page, name: string): Locator => page.getByRole('link', { name: new RegExp(`^${name}`) });

const fill = async ({ page }: App): Promise<void> => {
  await go(page, 'Library');
  await addText(page, 'The lease of the mill', 'The rent of the mill is ninety crowns a year, paid at Candlemas.');
  await addText(page, 'The boat of Yvonne', 'The boat is blue and leaks since the storm of March.');
  await readyRow(page, 'The lease of the mill');
  await readyRow(page, 'The boat of Yvonne');
};

test('collections lie within others, have colours, are moved and merged, and a merge is undone', async ({ app }) => {
  const { page } = app;
  await fill(app);
  await makeCollection(page, 'House');
  await actOn(page, 'House', 'New collection in it');
  const field = page.getByRole('textbox', { name: 'Name of the collection' });
  await expect(field).toBeFocused();
  await field.fill('Contracts');
  await field.press('Enter');
  await expect(page.getByRole('heading', { level: 1, name: 'Contracts' })).toBeVisible();
  await expect(collection(page, 'Contracts')).toHaveAttribute('title', 'House / Contracts');

  await go(page, 'Library');
  await actOnRow(page.getByRole('row', { name: 'The lease of the mill' }), 'Collections…');
  await page.getByRole('checkbox', { name: 'Contracts' }).check();
  await page.getByRole('button', { name: 'Save' }).click();
  // The outer collection holds what lies in the inner one.
  await expect(collection(page, 'House')).toHaveText(/1$/);
  await collection(page, 'House').click();
  await expect(page.getByRole('row', { name: 'The lease of the mill' })).toBeVisible();

  await actOn(page, 'House', 'Colour and place…');
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('radio', { name: 'Teal' }).check();
  await expectNoBarrier(page, 'colour and place of a collection');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(collection(page, 'House')).toHaveAttribute('title', 'House (Teal)');
  await actOn(page, 'Contracts', 'Colour and place…');
  // A collection cannot lie in itself.
  await expect(dialog.getByRole('combobox', { name: 'Lies in' }).getByRole('option', { name: 'House / Contracts' })).toHaveCount(0);
  await dialog.getByRole('combobox', { name: 'Lies in' }).selectOption({ label: 'No other collection' });
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(collection(page, 'House')).toHaveText(/0$/);

  await actOn(page, 'Contracts', 'Merge into…');
  await dialog.getByRole('combobox', { name: 'Into' }).selectOption({ label: 'House' });
  await dialog.getByRole('button', { name: 'Merge' }).click();
  await expect(collection(page, 'Contracts')).toHaveCount(0);
  await expect(collection(page, 'House')).toHaveText(/1$/);
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(collection(page, 'Contracts')).toHaveText(/1$/);
  await expect(collection(page, 'House')).toHaveText(/0$/);
  await expectNoBarrier(page, 'collections within collections');
  await expectNoOverflow(page, 'collections within collections');
});

test('documents get tags, are filtered by them, and a tag is renamed everywhere', async ({ app }) => {
  const { page } = app;
  await fill(app);
  const lease = page.getByRole('row', { name: 'The lease of the mill' });
  await lease.click();
  await page.getByRole('row', { name: 'The boat of Yvonne' }).click({ modifiers: ['ControlOrMeta'] });
  await page.getByRole('button', { name: 'Tags…', exact: true }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog).toContainText('Tags of 2 documents');
  await page.keyboard.type('yvonne');
  await page.keyboard.press('Enter');
  await expect(dialog.getByRole('list', { name: 'Tags' })).toContainText('yvonne');
  await expectNoBarrier(page, 'tags of documents');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(lease).toContainText('yvonne');

  await page.getByRole('button', { name: 'Choose none' }).click();
  await actOnRow(lease, 'Tags…');
  await dialog.getByRole('button', { name: 'Take off yvonne' }).click();
  await dialog.getByRole('combobox').or(dialog.getByRole('textbox')).first().fill('contract');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(lease).toContainText('contract');
  await page.getByRole('combobox', { name: 'Tag' }).selectOption('contract');
  await expect(page.getByRole('row', { name: 'The boat of Yvonne' })).toHaveCount(0);
  await expect(lease).toBeVisible();
  await page.getByRole('combobox', { name: 'Language' }).selectOption('fr');
  await expect(page.getByText('No document matches these filters')).toBeVisible();
  await expectNoBarrier(page, 'filters');
  await page.getByRole('main').getByRole('button', { name: 'Clear the filters' }).last().click();
  await expect(lease).toBeVisible();

  await page.getByRole('button', { name: 'Manage tags…' }).click();
  await dialog.getByRole('button', { name: 'Rename contract' }).click();
  await dialog.getByRole('textbox', { name: 'Rename contract' }).fill('Yvonne');
  await page.keyboard.press('Enter');
  await expect(dialog.getByRole('listitem')).toHaveCount(1);
  await dialog.getByRole('button', { name: 'Close' }).last().click();
  await expect(lease).toContainText('yvonne');
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(lease).toContainText('contract');
});

test('keeps edited facts apart from those of the file, and uses a document where chosen', async ({ app }) => {
  const { page } = app;
  await fill(app);
  await makeCollection(page, 'Contracts');
  await go(page, 'Library');
  const lease = page.getByRole('row', { name: 'The lease of the mill' });
  await actOnRow(lease, 'Details…');
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('textbox', { name: 'Author' }).fill('Ada');
  await dialog.getByRole('textbox', { name: 'Date of the document' }).fill('1884-05');
  await dialog.getByRole('textbox', { name: 'Language' }).fill('fr');
  await expect(dialog).toContainText('French');
  await expectNoBarrier(page, 'details of a document');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(lease).toContainText('FR');
  await actOnRow(lease, 'Details…');
  await expect(dialog).toContainText('The file says: en');
  await dialog.getByRole('button', { name: 'Back to the file’s' }).last().click();
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(lease).toContainText('EN');

  await page.getByRole('combobox', { name: 'Time' }).selectOption({ label: 'By the document’s date' });
  await page.getByLabel('From', { exact: true }).fill('1884-01-01');
  await expect(page.getByRole('row', { name: 'The boat of Yvonne' })).toHaveCount(0);
  await expect(lease).toBeVisible();
  await page.getByRole('button', { name: 'Clear the filters' }).click();

  await actOnRow(lease, 'Use only in…');
  await dialog.getByText('Only in these').click();
  await expect(dialog).toContainText('no answer will use it');
  await dialog.getByRole('checkbox', { name: 'Contracts' }).check();
  await expectNoBarrier(page, 'places of a document');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(lease.getByRole('img', { name: 'Only in chosen places' })).toBeVisible();
  await lease.dblclick();
  await expect(page.getByRole('main')).toContainText('May 1884');
  await expect(page.getByRole('main')).toContainText('Only in chosen places');
});

test('passages are found as one types, by the keyboard alone and within the filters', async ({ app }) => {
  const { page } = app;
  await fill(app);
  await page.keyboard.press('ControlOrMeta+f');
  await page.keyboard.type('rent of the mill');
  const results = page.getByRole('listbox', { name: 'Passages found' });
  await expect(results.getByRole('option').filter({ hasText: 'ninety crowns' }).locator('mark').first()).toHaveText(/rent/i);
  await expectNoBarrier(page, 'search of the library');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('Enter');
  await expect(page.getByText('paid at Candlemas').last()).toBeVisible();
  await page.keyboard.press('Escape');
  await page.getByRole('combobox', { name: 'Language' }).selectOption('fr');
  await page.getByRole('combobox', { name: 'Search passages' }).fill('rent of the mill');
  await expect(results.getByRole('option').filter({ hasText: 'ninety crowns' })).toHaveCount(0);
});
