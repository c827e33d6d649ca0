import { showWithin } from '@renderer/lib/showWithin';
import { expect, test } from 'vitest';

const placed = (top: number, height: number) => ({ getBoundingClientRect: () => ({ top, height }) as DOMRect });

test('scrolls an element to the middle, or a taller one to its beginning', () => {
  const scroller = { ...placed(50, 600), scrollTop: 100 };
  showWithin(scroller, placed(1_050, 200));
  // 1,000 below the top of the view; 200 stay free above it.
  expect(scroller.scrollTop).toBe(900);
  const other = { ...placed(50, 600), scrollTop: 1_000 };
  showWithin(other, placed(-450, 2_000));
  expect(other.scrollTop).toBe(476);
});
