import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { percentile } from '../quality/metrics';
import { type LongConversation, writeConversations } from '../support/longConversation';
import { type Figure, figure } from './figures';
import { startProgram } from './program';
import { openBrowser, openWindow } from './window';

const length = 10_000;
const short = 10;
/** Each is opened once: what was opened before is still known to the window. */
const openings = 6;
const frames = 240;
const stepPx = 50;

/** From the click to the paint of the last message, in a page that shows something else. */
const open = async (page: Page, { id, messageIds }: LongConversation): Promise<number> => {
  await page.evaluate(() => location.assign('#/library'));
  await page.getByRole('grid').waitFor();
  return page.evaluate(
    ([hash, last]) =>
      new Promise<number>((resolve) => {
        const started = performance.now();
        const look = (): void => {
          const row = document.querySelector(`[data-message="${last}"]`)?.getBoundingClientRect();
          if (row && row.top < innerHeight) resolve(performance.now() - started);
          else requestAnimationFrame(afterPaint);
        };
        const afterPaint = (): void => {
          const channel = new MessageChannel();
          channel.port1.onmessage = look;
          channel.port2.postMessage(null);
        };
        location.assign(hash);
        requestAnimationFrame(afterPaint);
      }),
    [`#/chat/${id}`, messageIds.at(-1) ?? ''] as const,
  );
};

/** Milliseconds of each frame while the messages are scrolled up steadily, and down again at the beginning. */
const scroll = (page: Page): Promise<number[]> =>
  page.evaluate(
    ([count, step]) =>
      new Promise<number[]>((resolve) => {
        const box = document.querySelector('main section') as HTMLElement;
        const times: number[] = [];
        let before = performance.now();
        let by = -step;
        const next = (now: number): void => {
          times.push(now - before);
          before = now;
          if (times.length === count) {
            resolve(times.slice(1));
            return;
          }
          if (box.scrollTop <= 0) by = step;
          else if (box.scrollHeight - box.scrollTop - box.clientHeight < 1) by = -step;
          box.scrollTop += by;
          requestAnimationFrame(next);
        };
        requestAnimationFrame(next);
      }),
    [frames, stepPx] as const,
  );

/** Opening and scrolling a conversation of 10,000 messages, beside one of 10. */
export const benchLongConversation = async (): Promise<Figure[]> => {
  const dataFolder = mkdtempSync(join(tmpdir(), 'emergence-bench-'));
  const browser = await openBrowser();
  try {
    // The first start makes the database.
    await (await startProgram(dataFolder)).stop();
    const written = writeConversations(
      dataFolder,
      Array.from({ length: 2 * openings }, (_, index) => (index % 2 ? length : short)),
    );
    const program = await startProgram(dataFolder);
    try {
      const page = await openWindow(browser, program);
      const opened: Record<number, number[]> = { [length]: [], [short]: [] };
      const times: Record<number, number[]> = { [length]: [], [short]: [] };
      for (const [index, conversation] of written.entries()) {
        const messages = conversation.messageIds.length;
        const ms = await open(page, conversation);
        // The first of each warms the way.
        if (index >= 2) opened[messages]?.push(ms);
        if (index >= written.length - 2) times[messages]?.push(...(await scroll(page)));
      }
      const beside = (what: string, value: number) => ({ what: `10 messages, ${what}`, unit: 'ms', value });
      const of = (from: Record<number, number[]>, messages: number, share: number): number => percentile(from[messages] ?? [], share);
      const part = 'conversation of 10,000';
      return [
        figure(part, 'open, p50', 'ms', of(opened, length, 0.5), beside('p50', of(opened, short, 0.5))),
        figure(part, 'open, longest', 'ms', of(opened, length, 1), beside('longest', of(opened, short, 1))),
        figure(part, 'frame while scrolling, p50', 'ms', of(times, length, 0.5), beside('p50', of(times, short, 0.5))),
        figure(part, 'frame while scrolling, p95', 'ms', of(times, length, 0.95), beside('p95', of(times, short, 0.95))),
      ];
    } finally {
      await program.stop();
    }
  } finally {
    await browser.close();
    rmSync(dataFolder, { recursive: true, force: true, maxRetries: 5 });
  }
};
