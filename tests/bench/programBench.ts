import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { newId } from '@shared/model';
import { percentile } from '../quality/metrics';
import { answerShapes } from './answers';
import { bareEvents, barePost, cpuLoop, emptyMemory, emptyProcess } from './baselines';
import { type Figure, figure } from './figures';
import { clockNow, startModelServer } from './modelServer';
import { readerEnded, residentMemory, settled, startProgram } from './program';
import { createWriter } from './searchBench';
import { bareLongTasks, emptyPage, openBrowser, openWindow, watchPaint } from './window';

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** From the start of the process to a page where one can type. */
export const benchStart = async (): Promise<Figure[]> => {
  const dataFolder = mkdtempSync(join(tmpdir(), 'emergence-bench-'));
  const browser = await openBrowser();
  try {
    const baseline = await emptyProcess();
    const listening: number[] = [];
    const answering: number[] = [];
    const interactive: number[] = [];
    const empty: number[] = [];
    for (let run = 0; run < 6; run += 1) {
      empty.push(await emptyPage(browser));
      const started = performance.now();
      const pages: Page[] = [];
      const program = await startProgram(dataFolder, async (address) => {
        pages.push(await openWindow(browser, { address }));
        interactive.push(performance.now() - started);
      });
      listening.push(program.readyMs);
      await pages[0]?.close();
      // The first run makes the database and ingests the guide: it is reported apart.
      if (run === 0) await settled(program);
      await program.stop();
      // Without a window beside it: a program that listens may still be loading its engine.
      const alone = performance.now();
      const other = await startProgram(dataFolder, async (address) => {
        await fetch(new URL('/', address));
        answering.push(performance.now() - alone);
      });
      await other.stop();
    }
    const part = 'start';
    return [
      figure(part, 'empty page in a new context, p50: the share of Chromium', 'ms', percentile(empty.slice(1), 0.5), baseline),
      figure(part, 'first start to interactive', 'ms', interactive[0] ?? Number.NaN, baseline),
      figure(part, 'address printed, p50', 'ms', percentile(listening.slice(1), 0.5), baseline),
      figure(part, 'first request answered, p50', 'ms', percentile(answering.slice(1), 0.5), baseline),
      figure(part, 'start to interactive, p50', 'ms', percentile(interactive.slice(1), 0.5), baseline),
    ];
  } finally {
    await browser.close();
    rmSync(dataFolder, { recursive: true, force: true, maxRetries: 5 });
  }
};

const sumOf = (processes: readonly { megabytes: number }[]): number => processes.reduce((sum, { megabytes }) => sum + megabytes, 0);

/** Resident memory of each idle process, the guide of the first run being read, and of all together. */
export const benchMemory = async (): Promise<Figure[]> => {
  const program = await startProgram();
  try {
    await settled(program);
    await pause(3_000);
    await settled(program);
    const baseline = await emptyMemory();
    const busy = sumOf(residentMemory(program.child.pid ?? 0));
    const ended = await readerEnded(program);
    const processes = residentMemory(program.child.pid ?? 0);
    const part = 'memory';
    return [
      figure(part, 'together, the guide just read', 'MB', busy, baseline),
      ...processes.map(({ name, megabytes }) => figure(part, `${name}, at rest`, 'MB', megabytes, baseline)),
      figure(part, ended ? 'together, at rest' : 'together, at rest, the reader did not end', 'MB', sumOf(processes), baseline),
    ];
  } finally {
    await program.stop();
  }
};

/** The time that the program adds to a turn: before the request leaves, and from the provider's chunk to painted text. */
export const benchTurn = async (): Promise<Figure[]> => {
  const models = {
    steady: { firstMs: 0, everyMs: 40, tokensEach: 1, tokens: 60 },
    short: { firstMs: 0, everyMs: 2, tokensEach: 5, tokens: 5 },
  };
  const server = await startModelServer(models);
  const program = await startProgram();
  const browser = await openBrowser();
  try {
    await program.addModels(server.baseUrl, ['steady', 'short']);
    await settled(program);
    const [{ id: accountId } = { id: '' }] = (await program.client.providers.list()).filter(({ preset }) => preset === 'custom');
    const before = { plain: [] as number[], documents: [] as number[] };
    for (let run = 0; run < 24; run += 1) {
      const documents = run % 2 === 1;
      const turnId = newId();
      const asked = clockNow();
      await program.client.chat.send({
        turnId,
        questionId: newId(),
        conversationId: newId(),
        text: `How do I add a provider and ask my documents? ${run}`,
        settings: { documents, model: { accountId, model: 'short' } },
      });
      for await (const event of await program.client.chat.watch({ turnId })) if (event.type === 'failed') throw new Error(event.error.code);
      // The first two runs are a warm-up.
      if (run >= 2) before[documents ? 'documents' : 'plain'].push((server.arrivals.at(-1) ?? Number.NaN) - asked);
    }
    const post = await barePost();
    const events = await bareEvents();
    const page = await openWindow(browser, program);
    const painted = await watchPaint(page, 'Say the words.', models.steady.tokens);
    const delays = server.written.flatMap((at, token) => {
      const seen = painted.seenAt(token);
      return seen === null ? [] : [seen - at];
    });
    const part = 'turn';
    return [
      figure(part, 'before the request leaves, p50', 'ms', percentile(before.plain, 0.5), post),
      figure(part, 'before the request leaves, with documents, p50', 'ms', percentile(before.documents, 0.5), post),
      figure(part, 'provider chunk to painted text, p50', 'ms', percentile(delays, 0.5), events),
      figure(part, 'provider chunk to painted text, p95', 'ms', percentile(delays, 0.95), events),
    ];
  } finally {
    await browser.close();
    await program.stop();
    await server.close();
  }
};

/** Answers of several shapes at 1,000 tokens a second, in a real window, with its tasks over 50 ms counted. */
export const benchStreaming = async (shapes = Object.entries(answerShapes)): Promise<Figure[]> => {
  const scripts = Object.fromEntries(
    shapes.map(([name, { text, tokens }]) => [name, { firstMs: 200, everyMs: 5, tokensEach: 5, tokens, text }]),
  );
  const server = await startModelServer(scripts);
  const program = await startProgram();
  const browser = await openBrowser();
  try {
    const accountId = await program.addModels(server.baseUrl, Object.keys(scripts));
    await settled(program);
    const [[first, { tokens: longest }] = ['', { tokens: 0 }]] = shapes;
    const bare = await bareLongTasks(browser, server.barePage(first), longest);
    const baseline = { what: 'bare page, tasks over 50 ms', unit: 'tasks', value: bare.longTasks.length };
    const slowest = { what: 'bare page, longest task', unit: 'ms', value: Math.max(0, ...bare.longTasks) };
    const events = await bareEvents();
    const part = 'streaming';
    const figures: Figure[] = [];
    for (const [name, { tokens, what }] of shapes) {
      await program.client.providers.update({ id: accountId, defaultModel: name });
      const page = await openWindow(browser, program);
      const painted = await watchPaint(page, 'Write as fast as you can.', tokens);
      await page.close();
      const written = server.written;
      const seconds = ((written.at(-1) ?? 0) - (written[0] ?? 0)) / 1_000;
      const behind = (painted.seenAt(tokens - 1) ?? Number.NaN) - (written.at(-1) ?? 0);
      figures.push(
        figure(part, `${what}: rate of the provider`, 'tokens/s', written.length / seconds, {
          what: 'asked',
          unit: 'tokens/s',
          value: 1_000,
        }),
        figure(part, `${what}: tasks over 50 ms in the window`, 'tasks', painted.longTasks.length, baseline),
        figure(part, `${what}: longest task in the window`, 'ms', Math.max(0, ...painted.longTasks), slowest),
        figure(part, `${what}: most expensive task, of the processor`, 'ms', painted.mostProcessorMs, slowest),
        figure(part, `${what}: last token written to painted`, 'ms', behind, events),
      );
    }
    return figures;
  } finally {
    await browser.close();
    await program.stop();
    await server.close();
  }
};

/** Documents through the whole program: parsing, chunking, embedding, indexing. */
export const benchIngestion = async (documents = 40, passages = 50): Promise<Figure[]> => {
  const program = await startProgram();
  try {
    await settled(program);
    const { sentence, passage } = createWriter('resources');
    const baseline = cpuLoop();
    const before = await stageSeconds(program);
    const known = (await program.client.library.stats()).passages;
    const started = performance.now();
    for (let index = 0; index < documents; index += 1) {
      const body = Array.from({ length: passages }, (_, at) => (at % 5 === 0 ? `## ${sentence(4)}\n\n${passage()}` : passage())).join(
        '\n\n',
      );
      await program.client.library.addText({ id: newId(), title: sentence(4), text: `# ${sentence(5)}\n\n${body}`, collectionId: null });
    }
    await settled(program);
    const seconds = (performance.now() - started) / 1_000;
    const after = await stageSeconds(program);
    const chunks = (await program.client.library.stats()).passages - known;
    const part = 'ingestion';
    return [
      figure(part, `in all, ${chunks} chunks of ${documents} documents`, 'chunks/s', chunks / seconds, baseline),
      ...[...after].map(([stage, spent]) =>
        figure(part, `stage ${stage}`, 'chunks/s', chunks / (spent - (before.get(stage) ?? 0)), baseline),
      ),
    ];
  } finally {
    await program.stop();
  }
};

/** Seconds spent so far in each stage, from `/metrics`. */
const stageSeconds = async ({ origin, token }: { origin: string; token: string }): Promise<Map<string, number>> => {
  const text = await (await fetch(`${origin}/metrics`, { headers: { authorization: `Bearer ${token}` } })).text();
  return new Map(
    [...text.matchAll(/^ingestion_duration_seconds_sum\{stage="(\w+)"\} ([\d.e+-]+)$/gm)].map(([, stage, sum]) => [
      stage ?? '',
      Number(sum),
    ]),
  );
};

/** Round 1 of a debate takes as long as its slowest model, not as the sum. */
export const benchDebate = async (): Promise<Figure[]> => {
  const server = await startModelServer({
    quick: { firstMs: 200, everyMs: 10, tokensEach: 5, tokens: 60 },
    slow: { firstMs: 900, everyMs: 10, tokensEach: 5, tokens: 60 },
    slower: { firstMs: 1_400, everyMs: 10, tokensEach: 5, tokens: 60 },
  });
  const program = await startProgram();
  try {
    const accountId = await program.addModels(server.baseUrl, ['quick', 'slow', 'slower']);
    await settled(program);
    const seat = (agentId: string, part: 'attacker' | 'challenger' | 'debater' | 'mediator', model: string) => ({
      agentId,
      part,
      side: part,
      model: { accountId, model },
    });
    const rounds: number[] = [];
    for (let run = 0; run < 5; run += 1) {
      const id = newId();
      const started = performance.now();
      await program.client.debates.start({
        id,
        config: {
          topic: 'Is a shorter week better for the workshop?',
          debaters: [seat('anima', 'attacker', 'quick'), seat('neo', 'challenger', 'slow'), seat('nexus', 'debater', 'slower')],
          mediator: seat('nexus', 'mediator', 'quick'),
          rounds: 1,
          documents: false,
          collectionIds: [],
        },
      });
      let round = Number.NaN;
      for await (const event of await program.client.debates.watch({ id }))
        if (event.type === 'turn_ended' && event.turn.round === 1) round = performance.now() - started;
      rounds.push(round);
    }
    const slowest = percentile(server.durations.get('slower') ?? [], 0.5);
    return [
      figure('debate', 'round 1 of three, p50', 'ms', percentile(rounds, 0.5), {
        what: 'its slowest model, p50',
        unit: 'ms',
        value: slowest,
      }),
    ];
  } finally {
    await program.stop();
    await server.close();
  }
};
