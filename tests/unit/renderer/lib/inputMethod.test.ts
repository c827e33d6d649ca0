import { withholdInputMethodKeys } from '@renderer/lib/inputMethod';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';

const press = (key: string, { keyCode = 0, isComposing = false } = {}): Event =>
  Object.assign(new Event('keydown'), { key, keyCode, isComposing });

let target = new EventTarget();
let reached: string[] = [];
let end = (): void => undefined;
beforeEach(() => {
  vi.useFakeTimers();
  target = new EventTarget();
  reached = [];
  end = withholdInputMethodKeys(target);
  target.addEventListener('keydown', (event) => reached.push((event as unknown as { key: string }).key));
});
afterEach(() => {
  end();
  vi.useRealTimers();
});

test('hides keys of a composition from every handler, however the browser reports them', () => {
  target.dispatchEvent(press('Enter', { keyCode: 229, isComposing: true }));
  target.dispatchEvent(press('Enter', { keyCode: 13, isComposing: true }));
  target.dispatchEvent(press('Enter', { keyCode: 229 }));
  target.dispatchEvent(press('Process', { keyCode: 229 }));
  target.dispatchEvent(press('Escape', { keyCode: 27, isComposing: true }));
  target.dispatchEvent(press('ArrowDown', { keyCode: 40, isComposing: true }));
  expect(reached).toEqual([]);
});

test('hides the key that ended a composition when its end was reported first, not the next', async () => {
  target.dispatchEvent(new Event('compositionend'));
  target.dispatchEvent(press('Enter', { keyCode: 13 }));
  expect(reached).toEqual([]);
  vi.runAllTimers();
  target.dispatchEvent(press('Enter', { keyCode: 13 }));
  expect(reached).toEqual(['Enter']);
});

test('passes other keys on, and all of them once it is ended', () => {
  for (const key of ['Enter', 'a', 'Escape', 'ArrowUp']) target.dispatchEvent(press(key, { keyCode: 65 }));
  end();
  target.dispatchEvent(press('Tab', { keyCode: 229 }));
  expect(reached).toEqual(['Enter', 'a', 'Escape', 'ArrowUp', 'Tab']);
});
