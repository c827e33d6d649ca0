import { createChangeBus } from '@main/store/changes';
import { insertMemory, type MemoryFields } from '@main/store/memoryItems';
import { ledgerSql, pointsSql } from '@main/store/metrics';
import { openStore } from '@main/store/open';
import type { DiskReserve } from '@main/store/reserve';
import { createTelemetry } from '@main/telemetry/createTelemetry';
import { counters, gauges, histograms, snapshots } from '@main/telemetry/definitions';
import { createLogger } from '@main/telemetry/logger';
import { createTelemetryPart } from '@main/telemetry/part';
import { createMetricsService } from '@main/telemetry/sections';
import { logSlowQueries } from '@main/telemetry/slowQueries';
import { type Change, type MetricsSection, newId } from '@shared/model';
import { expect, onTestFinished, test, vi } from 'vitest';
import { plainDiskRoom } from '../../support/diskRoom';
import { memoryFields } from '../../support/memories';
import { temporaryFolder } from '../../support/temporaryFolder';

const quiet = { log: createLogger(), diskRoom: plainDiskRoom() };
const start = Date.UTC(2026, 10, 21, 12, 0, 5);

const setUp = (dataFolder = temporaryFolder()) => {
  const clock = { now: start };
  const now = () => clock.now;
  const store = openStore({ dataFolder, now });
  const telemetry = createTelemetry({ db: store.db, now, ...quiet });
  const metrics = createMetricsService({ db: store.db, telemetry, now });
  const close = () => {
    telemetry.close();
    store.close();
  };
  return { clock, store, db: store.db, telemetry, metrics, close, dataFolder };
};

const addCall = (db: ReturnType<typeof setUp>['db'], call: Record<string, unknown>) =>
  db
    .prepare(
      `INSERT INTO model_calls (id, at, purpose, turn_id, provider, model, attempt, outcome, tokens_in, tokens_out, tokens_cached, estimated, cost_nano, first_word_ms, ms)
       VALUES (@id, @at, @purpose, @turnId, @provider, @model, 1, @outcome, @tokensIn, @tokensOut, 0, 0, @costNano, @firstWordMs, @ms)`,
    )
    .run({
      id: newId(),
      purpose: 'answer',
      turnId: null,
      outcome: 'done',
      tokensIn: 100,
      tokensOut: 50,
      costNano: null,
      firstWordMs: null,
      ms: 900,
      ...call,
    });

test('shows every defined metric in the Prometheus text under its name', async () => {
  const { telemetry, close } = setUp();
  const text = await telemetry.metricsText();
  for (const name of Object.keys({ ...counters, ...gauges, ...histograms, ...snapshots })) expect(text).toContain(`# TYPE ${name} `);
  close();
});

test('shows an event in the text and in the panel, and keeps it in the panel over a restart', async () => {
  const first = setUp();
  first.telemetry.increment('chat_turns_total', { outcome: 'done' }, 2);
  first.telemetry.increment('chat_turns_total', { outcome: 'failed' });
  first.telemetry.increment('query_errors_total', { code: 'provider.auth' });
  first.telemetry.observe('chat_turn_duration_seconds', {}, 2);
  first.telemetry.observe('rag_query_duration_seconds', { stage: 'total' }, 0.04);
  first.telemetry.increment('ingestion_documents_total', { outcome: 'ready', format: 'pdf' });
  const text = await first.telemetry.metricsText();
  expect(text).toContain('chat_turns_total{outcome="done"} 2');
  expect(text).toContain('chat_turn_duration_seconds_bucket{le="2"} 1');
  first.close();

  const second = setUp(first.dataFolder);
  second.clock.now += 60_000;
  const figures = <Section extends MetricsSection>(section: Section) => second.metrics.section(section, '15m');
  const overview = figures('overview');
  expect(overview.answers).toMatchObject({ total: 3, done: 2, failed: 1, stopped: 0 });
  expect(figures('health').errors).toEqual([{ code: 'provider.auth', count: 1 }]);
  expect(overview.latency.count).toBe(1);
  expect(overview.latency.p95).toBeGreaterThan(1_950);
  expect(overview.latency.p95).toBeLessThan(2_050);
  expect(overview.retrieval.stages).toMatchObject([{ stage: 'total', count: 1 }]);
  expect(figures('retrieval').ingestion.documents).toEqual([{ outcome: 'ready', format: 'pdf', count: 1 }]);
  expect(overview.answers.series[0]?.points.filter(({ value }) => value !== null)).toEqual([{ t: start - 5_000, value: 2 }]);
  expect(await second.telemetry.metricsText()).not.toContain('chat_turns_total{outcome="done"}');
  second.close();
});

test('shows no figures without events, instead of zeros', () => {
  const { metrics, close } = setUp();
  const overview = metrics.section('overview', '24h');
  expect(overview.latency).toMatchObject({ count: 0, p50: null, p95: null });
  expect(overview.firstWord).toMatchObject({ count: 0, p50: null, p95: null });
  expect(overview.cost).toMatchObject({ totalNano: null, unpricedCalls: 0, series: [] });
  expect(overview.answers.series[0]?.points.every(({ value }) => value === null)).toBe(true);
  expect(overview.answers.series[0]?.points).toHaveLength(48);
  close();
});

test('sums money, tokens and first words exactly from the ledger; unknown prices stay unknown', () => {
  const { db, metrics, close } = setUp();
  for (const [index, firstWordMs] of [100, 200, 300, 400].entries())
    addCall(db, { at: start - index * 1_000, provider: 'Anthropic', model: 'haiku', costNano: 1_000, firstWordMs });
  addCall(db, { at: start, provider: 'Ollama', model: 'qwen' });
  addCall(db, { at: start, provider: 'Anthropic', model: 'haiku', outcome: 'failed', costNano: 0 });
  addCall(db, { at: start - 20 * 60_000, provider: 'Anthropic', model: 'haiku', costNano: 7_000, firstWordMs: 90 });
  const overview = metrics.section('overview', '15m');
  expect(overview.firstWord).toMatchObject({ count: 4, p50: 250, p95: 385 });
  expect(overview.cost).toMatchObject({ totalNano: 4_000, unpricedCalls: 1 });
  expect(overview.cost.series.map(({ label }) => label)).toEqual(['Anthropic']);
  expect(overview.usage).toEqual([
    {
      provider: 'Anthropic',
      model: 'haiku',
      purpose: 'answer',
      calls: 5,
      failed: 1,
      inputTokens: 500,
      outputTokens: 250,
      cachedTokens: 0,
      costNano: 4_000,
    },
    {
      provider: 'Ollama',
      model: 'qwen',
      purpose: 'answer',
      calls: 1,
      failed: 0,
      inputTokens: 100,
      outputTokens: 50,
      cachedTokens: 0,
      costNano: null,
    },
  ]);
  expect(overview.previous).toMatchObject({ costNano: 7_000 });
  close();
});

test('keeps the sums of old history through its compaction, and deletes points past retention', () => {
  const { clock, db, telemetry, metrics, close } = setUp();
  const sum = () => db.prepare('SELECT sum(value) FROM metric_points WHERE bucket = ?').pluck().get('') as number | null;
  for (let n = 0; n < 100; n += 1) {
    telemetry.increment('chat_turns_total', { outcome: 'done' });
    clock.now += 10 * 60_000;
  }
  telemetry.flush();
  const rows = () => db.prepare('SELECT count(*) FROM metric_points').pluck().get();
  expect(rows()).toBe(100);
  clock.now += 12 * 86_400_000;
  createTelemetry({ db, now: () => clock.now, ...quiet }).close();
  expect(rows()).toBeLessThan(6);
  expect(sum()).toBe(100);
  expect(metrics.section('overview', '30d').answers.total).toBe(100);
  clock.now += 100 * 86_400_000;
  createTelemetry({ db, now: () => clock.now, ...quiet }).close();
  expect(sum()).toBeNull();
  close();
});

test('judges answers by their support and their citations', () => {
  const { telemetry, metrics, close } = setUp();
  for (const [support, cited] of [
    ['strong', 'yes'],
    ['weak', 'yes'],
    ['weak', 'no'],
    ['none', 'no'],
  ] as const)
    telemetry.increment('chat_answers_total', { support, cited });
  const { quality } = metrics.section('overview', '15m');
  expect(quality).toMatchObject({ searched: 4, cited: 2, strong: 1, weak: 2, none: 1 });
  expect(quality.series[0]?.points.filter(({ value }) => value !== null)).toEqual([{ t: start - 5_000, value: 0.5 }]);
  close();
});

test('writes counts that found no room on the disk once, when there is room', () => {
  const { db, clock, close } = setUp();
  const diskRoom = plainDiskRoom();
  const telemetry = createTelemetry({ db, now: () => clock.now, log: createLogger(), diskRoom });
  const sum = () => db.prepare("SELECT sum(value) FROM metric_points WHERE bucket = ''").pluck().get();
  db.pragma(`max_page_count = ${db.pragma('page_count', { simple: true })}`);
  // Longer than the pages that are left.
  telemetry.increment('chat_turns_total', { outcome: 'done'.repeat(50_000) }, 3);
  telemetry.flush();
  telemetry.flush();
  expect(sum()).toBeNull();
  db.pragma('max_page_count = 1000000');
  diskRoom.retryNow();
  diskRoom.retryNow();
  expect(sum()).toBe(3);
  telemetry.close();
  close();
});

test('uses the indexes for the queries of the panel', () => {
  const { db, close } = setUp();
  const plan = (sql: string, values: Record<string, unknown>) =>
    (db.prepare(`EXPLAIN QUERY PLAN ${sql}`).all(values) as { detail: string }[]).map(({ detail }) => detail).join('; ');
  expect(plan(ledgerSql, { from: 0, to: 1 })).toMatch(/SEARCH model_calls USING INDEX model_calls_at/);
  expect(plan(pointsSql, { name: 'x', from: 0, to: 1 })).not.toMatch(/SCAN p\b/);
  close();
});

test('logs a slow query by its SQL, without its values', () => {
  const lines: string[] = [];
  const { db, close, clock } = setUp();
  const telemetry = createTelemetry({
    db,
    now: () => clock.now,
    log: createLogger({ write: (line) => lines.push(line) }),
    diskRoom: plainDiskRoom(),
  });
  logSlowQueries(db, telemetry.log, { limitMs: -1 });
  db.prepare('SELECT ? AS word').get('canary');
  expect(lines.join('')).toContain('SELECT ? AS word');
  expect(lines.join('')).not.toContain('canary');
  telemetry.close();
  close();
});

test('reads how memory stands from its items, in the text and on the panel', async () => {
  const { db, telemetry, metrics, close } = setUp();
  const day = 86_400_000;
  const add = ({ at, ...fields }: Partial<MemoryFields> & { at: number }) => insertMemory(db, newId(), { ...memoryFields, ...fields }, at);
  add({ at: start });
  add({ at: start - 45 * day });
  add({ at: start - 80 * day });
  add({ at: start - 80 * day, protected: true });
  add({ at: start, supersededBy: newId() });
  add({ at: start, archivedAt: start });
  add({ at: start, archivedAt: start, supersededBy: newId() });
  add({ at: start, deletedAt: start });
  const { items, vitality } = metrics.section('memory', '15m');
  expect(items).toEqual({ live: 4, superseded: 1, archived: 2, deleted: 1 });
  expect(vitality.map(({ count }) => count)).toEqual([1, 1, 0, 2]);
  const text = await telemetry.metricsText();
  for (const line of ['memory_concepts{state="superseded"} 1', 'memory_vitality_bucket{le="0.5"} 2', 'memory_vitality_bucket{le="+Inf"} 4'])
    expect(text).toContain(`\n${line}\n`);
  expect(text).toMatch(/\nmemory_vitality_count 4\n/);
  close();
});

test('shows what memory analysed, recalled and was asked in a period', () => {
  const { telemetry, metrics, close } = setUp();
  const { analysis: none, time: never } = metrics.section('memory', '15m');
  expect(none).toMatchObject({ done: 0, failed: 0, times: { count: 0, p50: null }, kept: 0, found: [] });
  expect(never).toMatchObject({ questions: 0, bytes: { p50: null }, knownShare: null });
  for (const provider of ['one', 'two']) telemetry.increment('memory_analysis_success_total', { provider });
  telemetry.increment('memory_analysis_failure_total', { provider: 'one', error_type: 'provider.timeout' });
  telemetry.observe('memory_analysis_duration_seconds', { provider: 'one' }, 12);
  telemetry.increment('memory_analysis_cache_misses_total', {}, 2);
  telemetry.set('memory_analysis_cache_size', {}, 2);
  telemetry.increment('memory_analysis_items_total', { outcome: 'added' }, 3);
  telemetry.increment('memory_concept_recall_total', {}, 4);
  telemetry.increment('memory_proactive_hints_generated_total', { type: 'subject_back' });
  telemetry.increment('memory_concept_recall_interactions_total', { action: 'ignored' });
  telemetry.increment('memory_temporal_queries_total', { detected: 'yes' });
  telemetry.increment('memory_temporal_queries_total', { detected: 'no' }, 7);
  telemetry.increment('memory_temporal_concepts_found_total', { count_range: '1-2' });
  telemetry.observe('memory_temporal_context_size_bytes', {}, 800);
  telemetry.set('memory_temporal_cache_hit_rate', {}, 0.5);
  const { analysis, recall, time } = metrics.section('memory', '15m');
  expect(analysis).toMatchObject({ done: 2, failed: 1, cacheHits: 0, cacheMisses: 2, kept: 2, found: [{ name: 'added', count: 3 }] });
  expect(recall).toMatchObject({ items: 4, hints: [{ name: 'subject_back', count: 1 }], actions: [{ name: 'ignored', count: 1 }] });
  expect(time).toMatchObject({ questions: 1, days: [{ name: '1-2', count: 1 }], knownShare: 0.5 });
  expect(time.bytes.p50).toBeGreaterThan(780);
  expect(time.bytes.p50).toBeLessThan(820);
  const { memory } = metrics.section('overview', '15m');
  expect(memory).toMatchObject({ done: 2, failed: 1, timeQuestions: 1, knownShare: 0.5 });
  expect(memory.analysisP95).toBeGreaterThan(11_500);
  close();
});

test('counts the passages of the present library, not of the last status of the index', () => {
  const { telemetry, metrics, close } = setUp();
  telemetry.set('rag_index_chunks', {}, 66);
  expect(metrics.section('retrieval', '24h').retrieval.chunks).toBe(0);
  close();
});

test('announces many counts at once to an open panel by one change', async () => {
  vi.useFakeTimers();
  onTestFinished(() => void vi.useRealTimers());
  const dataFolder = temporaryFolder();
  const store = openStore({ dataFolder, now: () => start });
  const changes = createChangeBus();
  const heard: Change[] = [];
  changes.subscribe((change) => heard.push(change));
  const reserve: DiskReserve = { spend: (work) => work(), keep: () => undefined };
  const { api, stop } = createTelemetryPart({ db: store.db, changes, reserve, dataFolder, now: () => start });
  for (let count = 0; count < 50; count += 1) api.telemetry.increment('chat_turns_total', { outcome: 'done' });
  expect(heard).toEqual([]);
  await vi.advanceTimersByTimeAsync(1_000);
  expect(heard).toEqual([{ entity: 'metrics', ids: [] }]);
  api.telemetry.observe('chat_turn_duration_seconds', {}, 1);
  await vi.advanceTimersByTimeAsync(1_000);
  expect(heard).toHaveLength(2);
  api.telemetry.increment('chat_turns_total', { outcome: 'done' });
  stop();
  await vi.advanceTimersByTimeAsync(5_000);
  expect(heard).toHaveLength(2);
  store.close();
});
