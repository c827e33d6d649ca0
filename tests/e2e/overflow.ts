import type { Page } from '@playwright/test';
import { expect } from './app';

const softly = expect.configure({ soft: true });

/** Controls that lie outside the part of the window that contains them. */
const outside = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const found: string[] = [];
    if (document.documentElement.scrollWidth > window.innerWidth) found.push('the page is wider than the window');
    for (const part of document.querySelectorAll('main, aside, [role="dialog"]')) {
      const bounds = part.getBoundingClientRect();
      for (const each of part.querySelectorAll<HTMLElement>('button, a[href], input, textarea, select')) {
        const box = each.getBoundingClientRect();
        if (box.width === 0 || !each.checkVisibility({ visibilityProperty: true })) continue;
        let scrolls = false;
        for (let at = each.parentElement; at && at !== part; at = at.parentElement)
          if (/auto|scroll/.test(getComputedStyle(at).overflowX) && at.scrollWidth > at.clientWidth) scrolls = true;
        if (!scrolls && (box.right > bounds.right + 1 || box.left < bounds.left - 1))
          found.push(`${each.getAttribute('aria-label') ?? each.textContent?.slice(0, 40)}: ${Math.round(box.right - bounds.right)} px`);
      }
    }
    return found;
  });

/** Expects that in the narrowest window every control stays in its part of it. The page keeps its width. */
export const expectNoOverflow = async (page: Page, name: string): Promise<void> => {
  const size = page.viewportSize();
  if (!size) return;
  await page.setViewportSize({ width: 940, height: 600 });
  // The list leaves a moment after the window has become narrow.
  await softly.poll(() => outside(page), { message: `${name}, 940 px` }).toEqual([]);
  await page.setViewportSize(size);
};
