import '../../../support/page';

import type { Client } from '@renderer/base/client';
import { useStickyScroll } from '@renderer/conversation/useStickyScroll';
import { newId } from '@shared/model';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { engineOf, type MountedHook, mountHook } from '../../../support/mountHook';

const view = 400;
const row = 100;

type Asked = Partial<KeyboardEvent & WheelEvent>;
/** The part of an element that hears keys and wheels. */
const listening = () => {
  const heard = new Map<string, (event: Asked) => void>();
  return {
    addEventListener: (name: string, listener: (event: Asked) => void): void => void heard.set(name, listener),
    removeEventListener: (name: string): void => void heard.delete(name),
    ask: (name: 'keydown' | 'wheel', event: Asked): void => heard.get(name)?.(event),
  };
};

/** A view on rows that stand one below the other, as a browser lays them out; rows before `from` are not in the page yet. */
const layOut = (count: number, from = 0) => {
  let mounted = from;
  const mountAll = (): void => {
    mounted = 0;
  };
  const heights = Array.from({ length: count }, () => row);
  const offsetOf = (index: number): number => heights.slice(0, index).reduce((sum, height) => sum + height, 0);
  let top = 0;
  const elements = heights.map((_, index) => {
    const element = {
      dataset: { message: `m${index}` },
      getBoundingClientRect: () => {
        const height = heights[index] ?? 0;
        const below = offsetOf(index) - top;
        return { top: below, height, bottom: below + height };
      },
      closest: () => ({ dataset: { index: String(index) } }),
    };
    return element as unknown as HTMLElement;
  });
  const box = {
    style: { overflowAnchor: '' },
    clientHeight: view,
    get scrollHeight(): number {
      return Math.max(this.clientHeight, offsetOf(heights.length));
    },
    get scrollTop() {
      return top;
    },
    set scrollTop(to: number) {
      top = Math.max(0, Math.min(to, this.scrollHeight - this.clientHeight));
    },
    scrollTo(options: { top: number }) {
      this.scrollTop = options.top;
    },
    getBoundingClientRect() {
      return { top: 0, height: this.clientHeight, bottom: this.clientHeight };
    },
    ...listening(),
    querySelectorAll: () => elements.slice(mounted),
    querySelector: (selector: string) => elements.slice(mounted).find(({ dataset }) => selector.includes(`"${dataset.message}"`)) ?? null,
  };
  return { box, heights, elements, offsetOf, mountAll };
};

/** The callbacks of the hook's observers of sizes. */
let resized: (() => void)[] = [];
beforeEach(() => {
  resized = [];
  vi.stubGlobal(
    'ResizeObserver',
    class {
      constructor(told: () => void) {
        resized.push(told);
      }
      observe(): void {}
      disconnect(): void {}
    },
  );
  vi.stubGlobal('CSS', { escape: (text: string) => text });
});
afterEach(() => vi.unstubAllGlobals());

type Hook = MountedHook<{ id: string }, ReturnType<typeof useStickyScroll>>;
const mount = (place: ReturnType<typeof layOut>, id: string = newId()): Promise<Hook> => {
  const scroller = { current: place.box as unknown as HTMLDivElement };
  const inner = { current: {} as HTMLDivElement };
  const { offsetOf } = place;
  return mountHook(
    ({ id: conversationId }) => useStickyScroll({ conversationId, scroller, inner, offsetOf }),
    { id },
    engineOf({} as Client),
  );
};
/** A page that opens at its top, with all its rows mounted. */
const mountFromTop = (place: ReturnType<typeof layOut>, id: string = newId()): Promise<Hook> => {
  const scroller = { current: place.box as unknown as HTMLElement };
  const inner = { current: {} as HTMLElement };
  return mountHook(
    ({ id: conversationId }) => useStickyScroll({ conversationId, scroller, inner, opensAt: 'top' }),
    { id },
    engineOf({} as Client),
  );
};
/** The browser reports each scroll, whoever made it. */
const report = (hook: Hook): void => hook.current.onScroll();
const resize = (hook: Hook, change: () => void): void => {
  change();
  for (const told of resized) told();
  report(hook);
};
const scroll = (hook: Hook, place: ReturnType<typeof layOut>, to: number): void => {
  place.box.scrollTop = to;
  report(hook);
};
const endOf = ({ box }: ReturnType<typeof layOut>): number => box.scrollHeight - box.clientHeight;
const topOf = (place: ReturnType<typeof layOut>, index: number): number => place.elements[index]?.getBoundingClientRect().top ?? Number.NaN;

test('a conversation opens at its end, which stays in view as text comes', async () => {
  const place = layOut(10);
  const hook = await mount(place);
  report(hook);
  for (const height of [140, 260, 900]) {
    resize(hook, () => {
      place.heights[9] = height;
    });
    expect(place.box.scrollTop).toBe(endOf(place));
  }
  expect(hook.current.atEnd).toBe(true);
  hook.unmount();
});

test('does not pull back a person who scrolls up a little, and follows the end again from there', async () => {
  const place = layOut(10);
  const hook = await mount(place);
  report(hook);
  const read = endOf(place) - 3;
  scroll(hook, place, read);
  resize(hook, () => {
    place.heights[9] = 500;
  });
  expect(place.box.scrollTop).toBe(read);
  await vi.waitFor(() => expect(hook.current.atEnd).toBe(false));
  scroll(hook, place, endOf(place));
  resize(hook, () => {
    place.heights[9] = 700;
  });
  expect(place.box.scrollTop).toBe(endOf(place));
  await vi.waitFor(() => expect(hook.current.atEnd).toBe(true));
  hook.unmount();
});

test.each([
  ['keydown', 'resize', { key: 'PageUp' }],
  ['keydown', 'scroll', { key: 'PageUp' }],
  ['wheel', 'resize', { deltaY: -120 }],
] as const)('keeps the view where a %s moved it while rows above got shorter, %s reported first', async (name, first, event) => {
  const place = layOut(10);
  const hook = await mount(place);
  report(hook);
  place.box.ask(name, event);
  place.box.scrollTop = 250;
  place.heights[0] = 60;
  if (first === 'resize') for (const told of resized) told();
  report(hook);
  for (const told of resized) told();
  expect(place.box.scrollTop).toBe(250);
  hook.unmount();
});

test('content that becomes shorter and a view that becomes taller do not end the following', async () => {
  const place = layOut(10);
  const hook = await mount(place);
  report(hook);
  resize(hook, () => {
    place.heights[9] = 40;
  });
  resize(hook, () => {
    place.box.clientHeight = 600;
  });
  resize(hook, () => {
    place.heights[9] = 800;
  });
  expect(place.box.scrollTop).toBe(endOf(place));
  hook.unmount();
});

test('keeps a shown message in the middle while rows above are measured, until one scrolls', async () => {
  const place = layOut(30);
  const hook = await mount(place);
  report(hook);
  hook.current.show({ message: 'm12', index: 12, below: 'middle' });
  report(hook);
  const shown = topOf(place, 12);
  expect(shown).toBe((view - row) / 2);
  resize(hook, () => {
    for (let index = 3; index < 12; index += 1) place.heights[index] = 170;
  });
  expect(topOf(place, 12)).toBe(shown);
  scroll(hook, place, place.box.scrollTop + 25);
  resize(hook, () => {
    place.heights[29] = 900;
  });
  expect(topOf(place, 12)).toBe(shown - 25);
  hook.unmount();
});

test('scrolls to a message by its position, and to its middle once it is in the page', async () => {
  const place = layOut(40, 30);
  const hook = await mount(place);
  report(hook);
  const aim = vi.fn((element: HTMLElement) => element);
  hook.current.show({ message: 'm8', index: 8, below: 'middle', aim });
  report(hook);
  expect(aim).not.toHaveBeenCalled();
  expect(topOf(place, 8)).toBeGreaterThanOrEqual(0);
  expect(topOf(place, 8)).toBeLessThan(view);
  place.mountAll();
  hook.current.settle();
  report(hook);
  expect(topOf(place, 8)).toBe((view - row) / 2);
  hook.current.settle();
  expect(aim).toHaveBeenCalledTimes(1);
  hook.unmount();
});

test('a scroll of the person whose event is still to come is not undone when the rows change', async () => {
  const place = layOut(30);
  const hook = await mount(place);
  report(hook);
  place.box.scrollTop = 700;
  hook.current.settle();
  expect(place.box.scrollTop).toBe(700);
  report(hook);
  resize(hook, () => {
    place.heights[29] = 900;
  });
  expect(place.box.scrollTop).toBe(700);
  hook.unmount();
});

test('each conversation opens where it was left, and one that was left at its end opens there', async () => {
  const [first, second] = [newId(), newId()];
  const place = layOut(30);
  const hook = await mount(place, first);
  report(hook);
  scroll(hook, place, 1_250);
  hook.show({ id: second });
  report(hook);
  expect(place.box.scrollTop).toBe(endOf(place));
  // Meanwhile rows above were measured: it is the message that counts, not the distance.
  resize(hook, () => {
    place.heights[2] = 350;
  });
  hook.show({ id: first });
  expect(topOf(place, 12)).toBe(-50);
  hook.show({ id: second });
  expect(place.box.scrollTop).toBe(endOf(place));
  hook.unmount();
});

test('shows an answer from its top only to a reader at the end, and then its end', async () => {
  const place = layOut(20);
  const hook = await mount(place);
  report(hook);
  place.heights[19] = 1_000;
  const answer = place.elements[19] as HTMLElement;
  hook.current.toTopOf(answer);
  report(hook);
  expect(topOf(place, 19)).toBe(24);
  hook.current.fromTopToEnd(place.elements[18] as HTMLElement);
  report(hook);
  expect(topOf(place, 19)).toBe(24);
  hook.current.fromTopToEnd(answer);
  report(hook);
  expect(place.box.scrollTop).toBe(endOf(place));

  scroll(hook, place, 300);
  hook.current.toTopOf(answer);
  report(hook);
  expect(place.box.scrollTop).toBe(300);
  hook.current.fromTopToEnd(answer);
  expect(place.box.scrollTop).toBe(300);
  hook.unmount();
});

test('a page that opens at its top follows its end only after the person has scrolled there', async () => {
  const place = layOut(10);
  const hook = await mountFromTop(place);
  resize(hook, () => {
    place.heights[9] = 300;
  });
  expect(place.box.scrollTop).toBe(0);
  scroll(hook, place, endOf(place));
  resize(hook, () => {
    place.heights[9] = 700;
  });
  expect(place.box.scrollTop).toBe(endOf(place));
  scroll(hook, place, endOf(place) - 3);
  const read = place.box.scrollTop;
  resize(hook, () => {
    place.heights[9] = 900;
  });
  expect(place.box.scrollTop).toBe(read);
  hook.unmount();
});

test('opens a page again where it was left: at its top, at a message, or at its end', async () => {
  const id = newId();
  const place = layOut(30);
  for (const left of [0, 1_250, endOf(place)]) {
    const hook = await mountFromTop(place, id);
    scroll(hook, place, left);
    hook.unmount();
    place.box.scrollTop = 700;
    const again = await mountFromTop(place, id);
    expect(place.box.scrollTop).toBe(left);
    again.unmount();
  }
});

test('a message that is not on the page any more is not waited for', async () => {
  const id = newId();
  const place = layOut(30);
  const hook = await mountFromTop(place, id);
  scroll(hook, place, 1_250);
  hook.unmount();
  const folded = layOut(30, 20);
  const again = await mountFromTop(folded, id);
  expect(folded.box.scrollTop).toBe(0);
  folded.mountAll();
  resize(again, () => {
    folded.heights[29] = 300;
  });
  expect(folded.box.scrollTop).toBe(0);
  again.unmount();
});

test('switches off the anchoring of the browser while a place is held, and on again', async () => {
  const place = layOut(30);
  const hook = await mount(place);
  report(hook);
  expect(place.box.style.overflowAnchor).toBe('');
  const message = place.elements[5]?.dataset.message ?? '';
  hook.current.show({ message, index: 5, below: 40 });
  expect(place.box.style.overflowAnchor).toBe('none');
  scroll(hook, place, 1_250);
  expect(place.box.style.overflowAnchor).toBe('');
  hook.unmount();
});
