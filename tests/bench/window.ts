import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Browser, chromium, type Page } from '@playwright/test';
import type { Program } from './program';

/** A real Chromium: the one named in EMERGENCE_CHROMIUM, the system's, or Playwright's own. */
export const openBrowser = (): Promise<Browser> => {
  const executablePath = [process.env.EMERGENCE_CHROMIUM, '/usr/bin/chromium'].find((path) => path && existsSync(path));
  return chromium.launch({ executablePath, args: process.getuid?.() === 0 ? ['--no-sandbox'] : [] });
};

/**
 * Goes to an address; resolves in the frame in which a field shows. A locator would look again only after 20, 50, 100, 100 and then
 * each 500 ms, which is coarser than what is measured.
 */
const openAt = async (page: Page, address: string): Promise<void> => {
  await page.goto(address, { waitUntil: 'commit' });
  await page.waitForFunction(() => document.querySelector('textarea, input[type="text"]')?.checkVisibility() ?? false, undefined, {
    polling: 'raf',
  });
};

const emptyText = '<!doctype html><title>Empty</title><textarea></textarea>';

/** Milliseconds until one can type in a page with one field and nothing else, from a loopback server, in a new context. */
export const emptyPage = async (browser: Browser): Promise<number> => {
  const server = createServer((_request, response) => response.setHeader('content-type', 'text/html').end(emptyText));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const started = performance.now();
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 }, locale: 'en-GB' });
  await openAt(page, `http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
  const whole = performance.now() - started;
  await page.close();
  server.closeAllConnections();
  server.close();
  return whole;
};

/** Opens the program's window; resolves when one can type in it. */
export const openWindow = async (browser: Browser, { address }: Pick<Program, 'address'>): Promise<Page> => {
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 }, locale: 'en-GB' });
  await openAt(page, address);
  return page;
};

export interface Painted {
  /** When the token of this number appeared on the screen, milliseconds since the epoch; null when it never did. */
  seenAt(token: number): number | null;
  /** Tasks over 50 ms of the page's main thread, in milliseconds. */
  longTasks: number[];
  /** Milliseconds of the processor that the most expensive task of the page's main thread took; the rest of a task is waiting for one. */
  mostProcessorMs: number;
}

interface Record {
  frames: [at: number, token: number][];
  longTasks: number[];
}

/** Records, after each frame that changed the text, the highest token on the page. Runs in the page. */
const watch = (endLength: number): void => {
  const record: Record = { frames: [], longTasks: [] };
  (window as unknown as { bench: Record }).bench = record;
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) record.longTasks.push(entry.duration);
  }).observe({ type: 'longtask' });
  let waiting = false;
  let highest = -1;
  const note = (): void => {
    waiting = false;
    // The end of the text is enough: tokens come in order.
    const end = [...document.querySelectorAll('main article')].at(-1)?.textContent?.slice(-endLength) ?? '';
    const tokens = [...end.matchAll(/w(\d+)/g)].map(([, number]) => Number(number));
    const last = Math.max(-1, ...tokens);
    if (last <= highest) return;
    highest = last;
    record.frames.push([performance.timeOrigin + performance.now(), last]);
  };
  const afterPaint = (): void => {
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(() => {
      const channel = new MessageChannel();
      channel.port1.onmessage = note;
      channel.port2.postMessage(null);
    });
  };
  new MutationObserver(afterPaint).observe(document.body, { childList: true, characterData: true, subtree: true });
};

interface TraceEvent {
  name: string;
  ph: string;
  pid: number;
  tid: number;
  dur?: number;
  tdur?: number;
  args?: { name?: string };
}

/** The most expensive task of the main threads of pages in a trace of Chromium, in milliseconds of the processor. */
const mostProcessorOf = (trace: Buffer): number => {
  const { traceEvents } = JSON.parse(trace.toString()) as { traceEvents: TraceEvent[] };
  const threadOf = ({ pid, tid }: TraceEvent): string => `${pid}:${tid}`;
  const names = traceEvents.filter(({ name, args }) => name === 'thread_name' && args?.name === 'CrRendererMain');
  const main = new Set(names.map(threadOf));
  const tasks = traceEvents.filter((event) => event.name.endsWith('RunTask') && main.has(threadOf(event)));
  if (tasks.length === 0) throw new Error('Chromium reported no task');
  return tasks.reduce((most, { tdur = 0 }) => Math.max(most, tdur / 1_000), 0);
};

/** Asks as a person does and watches the answer until its last token is on the screen. */
export const watchPaint = async (page: Page, question: string, tokens: number): Promise<Painted> => {
  await page.evaluate(watch, 1_500);
  const browser = page.context().browser();
  await browser?.startTracing(page, { categories: ['toplevel', '__metadata'] });
  await page.getByRole('textbox').first().fill(question);
  await page.keyboard.press('Enter');
  await page.waitForFunction((last) => ((window as unknown as { bench: Record }).bench.frames.at(-1)?.[1] ?? -1) >= last, tokens - 1, {
    timeout: 60_000,
    polling: 200,
  });
  await page.waitForTimeout(500);
  const trace = await browser?.stopTracing();
  const record = await page.evaluate(() => (window as unknown as { bench: Record }).bench);
  return {
    mostProcessorMs: trace ? mostProcessorOf(trace) : Number.NaN,
    seenAt: (token) => record.frames.find(([, highest]) => highest >= token)?.[0] ?? null,
    longTasks: record.longTasks,
  };
};

/** The same stream into a page that only appends it: the browser's own share on this machine. */
export const bareLongTasks = async (browser: Browser, address: string, tokens: number): Promise<{ longTasks: number[] }> => {
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  await page.goto(address);
  await page.evaluate(() => {
    const longTasks: number[] = [];
    (window as unknown as { longTasks: number[] }).longTasks = longTasks;
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) longTasks.push(entry.duration);
    }).observe({ type: 'longtask' });
  });
  await page.waitForFunction((last) => document.getElementById('text')?.textContent?.includes(`w${last}`), tokens - 1, {
    timeout: 60_000,
    polling: 500,
  });
  const longTasks = await page.evaluate(() => (window as unknown as { longTasks: number[] }).longTasks);
  await page.close();
  return { longTasks };
};
