import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect } from './app';

/** Rules whose outcome depends on colours, and so on the theme; all others are checked in the light one. */
const colourRules = ['color-contrast', 'link-in-text-block'];

interface Found {
  id: string;
  nodes: { target: unknown[] }[];
}
interface Axe {
  run(options: {
    resultTypes: string[];
    runOnly?: string[];
    rules?: Record<string, { enabled: boolean }>;
  }): Promise<{ violations: Found[] }>;
}

/** Waits until fades and loading have ended, before colours and names are checked. */
const settle = async (page: Page): Promise<void> => {
  await page.evaluate(async () => {
    const finite = document.getAnimations().filter(({ effect }) => effect?.getComputedTiming().iterations !== Number.POSITIVE_INFINITY);
    await Promise.allSettled(finite.map(({ finished }) => finished));
  });
};

/** Rules that are checked: all, those of colours, or all others. */
type Rules = 'all' | 'colours' | 'others';

const violations = async (page: Page, rules: Rules): Promise<string[]> => {
  await settle(page);
  // The builder loads axe into the page; legacy mode opens no second page, which Electron would not have. Later runs find axe
  // there.
  if (!(await page.evaluate(() => 'axe' in window))) await new AxeBuilder({ page }).setLegacyMode().withRules('html-has-lang').analyze();
  const choice = {
    ...(rules === 'colours' && { runOnly: colourRules }),
    ...(rules === 'others' && { rules: Object.fromEntries(colourRules.map((rule) => [rule, { enabled: false }])) }),
  };
  const found = await page.evaluate(async (chosen) => {
    const { axe } = window as unknown as { axe: Axe };
    return (await axe.run({ resultTypes: ['violations'], ...chosen })).violations;
  }, choice);
  return found.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`);
};

/**
 * Expects no accessibility violation on the page, in either theme. The theme must follow the system's, and the page is left in the
 * light one. Colours are the same in every language: they can be left out where another language was checked with them, which saves
 * the dark theme and the slowest rule.
 */
export const expectNoBarrier = async (page: Page, name: string, { colours = true } = {}): Promise<void> => {
  expect.soft(await violations(page, colours ? 'all' : 'others'), `${name}, light`).toEqual([]);
  if (!colours) return;
  await page.emulateMedia({ colorScheme: 'dark' });
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
  expect.soft(await violations(page, 'colours'), `${name}, dark`).toEqual([]);
  await page.emulateMedia({ colorScheme: 'light' });
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'light');
};
