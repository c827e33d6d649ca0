import type { Locator, Page } from '@playwright/test';
import { expect } from './app';

/** Walks through the window like a person with only a keyboard and perhaps a screen reader. */

/** The focused element, if it has no visible focus mark or is out of sight; null when all is well. Runs in the page. */
const findLostFocus = (): string | null => {
  const focused = document.activeElement;
  // After the last element the focus belongs to the browser.
  if (!(focused instanceof HTMLElement) || focused === document.body) return null;
  const name = `${focused.tagName.toLowerCase()} ${focused.getAttribute('role') ?? ''} "${focused.getAttribute('aria-label') ?? focused.textContent?.slice(0, 40)}"`;
  const { top, left, bottom, right } = focused.getBoundingClientRect();
  if (bottom <= 0 || right <= 0 || top >= innerHeight || left >= innerWidth) return `${name} is out of sight`;
  // A dialog that was just opened needs no other mark; the parts of the window have none, and the next key leads into them.
  if (focused.matches('[role="dialog"], main, aside, aside > [tabindex="-1"]')) return null;
  const active = document.getElementById(focused.getAttribute('aria-activedescendant') ?? '');
  const holders = [focused, focused.parentElement, focused.parentElement?.parentElement, active];
  const outlined = holders.some((element) => {
    if (!element) return false;
    const { outlineStyle, outlineWidth } = getComputedStyle(element);
    return outlineStyle !== 'none' && Number.parseFloat(outlineWidth) >= 1;
  });
  // Lines of menus and of the palette are marked by their background; the composer's box by a border of its own.
  const line = active ?? focused;
  const chosen = line.matches('[role^="menuitem"], [role="option"]') && getComputedStyle(line).backgroundColor !== 'rgba(0, 0, 0, 0)';
  const box = focused.matches('textarea') && focused.parentElement ? focused.parentElement : null;
  const resting = document.createElement('i');
  resting.style.borderColor = 'var(--line-control)';
  document.body.append(resting);
  const bordered = box !== null && getComputedStyle(box).borderTopColor !== getComputedStyle(resting).borderTopColor;
  resting.remove();
  return outlined || chosen || bordered ? null : `${name} has no mark of its focus`;
};

/** Expects that an element has the focus and shows it. */
export const expectFocusShown = async (page: Page): Promise<void> => {
  await expect.poll(() => page.evaluate(() => document.activeElement?.tagName), { intervals: [50] }).not.toBe('BODY');
  expect(await page.evaluate(findLostFocus)).toBeNull();
};

const hasFocus = (target: Locator): Promise<boolean> =>
  target.evaluateAll((elements) => elements.includes(document.activeElement as HTMLElement));

/** Presses a key until the focus is on `target`; it must be visible on each stop. */
export const walkTo = async (page: Page, target: Locator, key: 'Tab' | 'Shift+Tab' | 'ArrowDown' | 'ArrowUp' = 'Tab'): Promise<void> => {
  const most = 60;
  for (let pressed = 0; pressed < most; pressed += 1) {
    if (await hasFocus(target)) return;
    await page.keyboard.press(key);
    expect(await page.evaluate(findLostFocus)).toBeNull();
  }
  throw new Error(`${key} does not lead to ${target}`);
};

/** Types into the focused element, which must be in `field`. */
export const typeInto = async (page: Page, field: Locator, text: string): Promise<void> => {
  await expect(field).toBeFocused();
  await page.keyboard.type(text);
};

/** Runs an action of the command palette by its words. */
export const runFromPalette = async (page: Page, words: string): Promise<void> => {
  await page.keyboard.press('ControlOrMeta+k');
  const palette = page.getByRole('dialog', { name: 'Command palette' });
  await typeInto(page, palette.getByRole('combobox'), `>${words}`);
  await expect(palette.getByRole('option', { selected: true })).toContainText(words, { ignoreCase: true });
  await expectFocusShown(page);
  await page.keyboard.press('Enter');
  await expect(palette).toBeHidden();
};

/** The announcements to a screen reader, and whether a pointer was used, since `listen`. */
export interface Senses {
  said: string[];
  pointed: boolean;
}

/** Records the live regions of the page, from now to its next load. */
export const listen = async (page: Page): Promise<void> => {
  await page.evaluate(() => {
    const senses: Senses = { said: [], pointed: false };
    Object.assign(window, { senses });
    const live = '[role="status"], [role="alert"], [role="log"], [aria-live="polite"], [aria-live="assertive"]';
    new MutationObserver((changes) => {
      for (const { target } of changes) {
        const element = target instanceof Element ? target : target.parentElement;
        const inserted = element?.querySelectorAll(live) ?? [];
        for (const region of [element?.closest(live), ...inserted]) {
          const words = region?.textContent?.trim();
          if (words && senses.said.at(-1) !== words) senses.said.push(words);
        }
      }
    }).observe(document.body, { subtree: true, childList: true, characterData: true });
    addEventListener('pointerdown', () => {
      senses.pointed = true;
    });
  });
};

const sensesOf = (page: Page): Promise<Senses> => page.evaluate(() => (window as unknown as { senses: Senses }).senses);

export const expectSaid = async (page: Page, words: RegExp): Promise<void> => {
  await expect
    .poll(async () => (await sensesOf(page)).said, { message: `said: ${words}`, intervals: [50] })
    .toContainEqual(expect.stringMatching(words));
};

export const expectNoPointer = async (page: Page): Promise<void> => {
  expect((await sensesOf(page)).pointed).toBe(false);
};
