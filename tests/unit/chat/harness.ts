import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { type ChatDeps, createChat } from '@main/chat/chatService';
import type { RetrieveRequest, Retriever } from '@main/knowledge/retriever';
import { createMemoryPart } from '@main/memory/part';
import { createPrompts } from '@main/prompts/createPrompts';
import type { Candidate, GatewayEvent, GatewayRequest, ModelGateway, PassagesAnswerer } from '@main/providers/gateway';
import { createChangeBus } from '@main/store/changes';
import { openStore } from '@main/store/open';
import type { Telemetry } from '@main/telemetry/telemetry';
import { createActiveSessions } from '@main/turns/activeSessions';
import { createTurnCloser } from '@main/turns/closeInterrupted';
import type { LoggedEvent } from '@main/turns/turnEvents';
import { type Change, defaultSettings, EmergenceError, newId, type Passage, placeOfLines, type Support, type Usage } from '@shared/model';
import { openAgents } from '../../support/agents';
import { plainDiskRoom } from '../../support/diskRoom';

export interface Recorded {
  metric: string;
  labels: Record<string, string>;
  value: number;
}

const createRecorder = (): Telemetry & { recorded: Recorded[]; logged: unknown[][]; count(metric: string): number } => {
  const recorded: Recorded[] = [];
  const logged: unknown[][] = [];
  const write = (...line: unknown[]): void => {
    logged.push(line);
  };
  return {
    recorded,
    logged,
    count: (metric) => recorded.filter((entry) => entry.metric === metric).length,
    increment: (metric, labels, by = 1) => recorded.push({ metric, labels, value: by }),
    observe: (metric, labels, value) => recorded.push({ metric, labels, value }),
    set: (metric, labels, value) => recorded.push({ metric, labels, value }),
    log: { debug: write, info: write, warn: write, error: write },
  };
};

export const candidate = (name: string, contextTokens: number | null = 100_000): Candidate => ({
  ref: { accountId: newId(), model: name },
  provider: `Provider of ${name}`,
  model: name,
  contextTokens,
  local: false,
});

export const usage: Usage = { inputTokens: 100, outputTokens: 20, cachedTokens: 0, estimated: false, costNano: 5_000 };

/** The steps of a scripted model: pieces of text and of thinking, pauses (milliseconds), errors. */
export type Script = (string | number | EmergenceError | 'truncated' | { thinking: string; ms?: number } | { rethink: number })[];

/** A gateway that plays scripts, typed against the real interface. `scripts` returns a model's answer to a request. */
export const scriptedGateway = (candidates: Candidate[], scripts: (request: GatewayRequest, candidate: Candidate) => Script) => {
  const requests: GatewayRequest[] = [];
  const prompts: ReturnType<GatewayRequest['build']>[] = [];
  const gateway: ModelGateway & { requests: GatewayRequest[]; prompts: typeof prompts } = {
    requests,
    prompts,
    candidatesFor: ({ model }) => {
      const chosen = candidates.filter((one) => model && one.ref.accountId === model.accountId && one.ref.model === model.model);
      return [...chosen, ...candidates.filter((one) => !chosen.includes(one))];
    },
    async *stream(request): AsyncGenerator<GatewayEvent, void, void> {
      requests.push(request);
      const [first] = request.candidates;
      if (!first) throw new EmergenceError('provider.none');
      prompts.push(request.build(first));
      yield { type: 'attempt', candidate: first, attempt: 1 };
      let truncated = false;
      for (const step of scripts(request, first)) {
        if (request.signal.aborted) throw new EmergenceError('cancelled');
        if (typeof step === 'number') await wait(step, undefined, { signal: request.signal });
        else if (step instanceof EmergenceError) throw step;
        else if (step === 'truncated') truncated = true;
        else if (typeof step === 'object' && 'thinking' in step) yield { type: 'thinking', text: step.thinking, ms: step.ms ?? 1 };
        else if (typeof step === 'object') yield { type: 'rethink', ms: step.rethink };
        else yield { type: 'delta', text: step };
      }
      yield { type: 'finish', candidate: first, usage, firstWordMs: 1, ms: 2, truncated };
    },
  };
  return gateway;
};

export const passage = (fields: Partial<Passage> & { text: string }): Passage => ({
  versionId: newId(),
  documentId: newId(),
  title: 'Guide',
  start: 0,
  end: (fields.start ?? 0) + fields.text.length,
  place: placeOfLines({ from: 1, to: 1 }),
  score: 1,
  scores: {},
  matches: [],
  ...fields,
});

export const scriptedRetriever = (passages: Passage[], support: Support = passages.length > 0 ? 'strong' : 'none') => {
  const asked: RetrieveRequest[] = [];
  const retriever: Retriever & { asked: RetrieveRequest[] } = {
    asked,
    documentCount: () => 3,
    nearness: async () => null,
    holding: async () => ({ total: 0, about: 0, compared: 0, words: [], missing: [], passages: [] }),
    rarity: async () => null,
    search: async (request) => {
      asked.push(request);
      return { passages, support, matched: passages.length > 0, mode: 'hybrid', cached: false, stages: { total: 1 } };
    },
  };
  return retriever;
};

const quoting: PassagesAnswerer = ({ excerpts }) =>
  excerpts.length === 0 ? 'Not in your documents.' : excerpts.map((source) => `> ${source.text} [${source.marker}]`).join('\n\n');

/** A search process that never starts. */
const noSearch = { call: () => Promise.reject(new EmergenceError('search.unavailable')) };

/** The parts of the chat, and the milliseconds between retries of failed writes. */
export type HarnessOptions = Partial<ChatDeps> & { retryMs?: number };

export const createHarness = ({ retryMs, ...given }: HarnessOptions = {}, folder = mkdtempSync(join(tmpdir(), 'emergence-chat-'))) => {
  const store = openStore({ dataFolder: folder });
  const telemetry = createRecorder();
  const diskRoom = plainDiskRoom({ log: telemetry.log, everyMs: retryMs });
  const changes = createChangeBus();
  const published: Change[] = [];
  changes.subscribe((change) => published.push(change));
  const agents = openAgents({ db: store.db, changes });
  const parts: Omit<ChatDeps, 'memory'> = {
    db: store.db,
    gateway: scriptedGateway([], () => []),
    retriever: scriptedRetriever([]),
    prompts: createPrompts({ folder: resolve('resources/prompts') }),
    passages: quoting,
    accounts: () => [],
    agents,
    changes,
    telemetry,
    diskRoom,
    sessions: createActiveSessions({ telemetry }),
    settings: () => ({ ...defaultSettings, conversations: { modelTitles: false, modelIntents: false } }),
    now: Date.now,
    ...given,
  };
  const memory = createMemoryPart({ ...parts, agents, accounts: () => [], search: noSearch, backupsUntil: () => null });
  const deps: ChatDeps = { memory: memory.api.forTurns, ...parts };
  const chat = createChat(deps);
  return {
    folder,
    store,
    db: store.db,
    deps,
    memory: memory.api,
    diskRoom,
    chat,
    closeInterrupted: createTurnCloser(deps),
    telemetry,
    published,
    /** Sends a question into a conversation under fresh ids. */
    ask: (text: string, conversationId = newId(), more: { parentId?: string | null } = {}) =>
      chat.send({ turnId: newId(), questionId: newId(), conversationId, text, ...more }),
    close: async () => {
      await chat.shutdown();
      await memory.stop();
      diskRoom.close();
      store.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
};

export type Harness = ReturnType<typeof createHarness>;

export const collect = async <Event>(events: AsyncGenerator<LoggedEvent<Event>, void, void>): Promise<LoggedEvent<Event>[]> => {
  const all: LoggedEvent<Event>[] = [];
  for await (const event of events) all.push(event);
  return all;
};

/** The text that a reader of the deltas has; checks every offset. */
export const textOf = (events: { type: string; offset?: number; text?: string }[], before = ''): string => {
  let text = before;
  for (const event of events) {
    if (event.type !== 'delta') continue;
    if (event.offset !== text.length) throw new Error(`delta at ${event.offset}, expected ${text.length}`);
    text += event.text;
  }
  return text;
};

/** Waits until `holds` is true; only the test's own time limit ends it. */
export const until = async (holds: () => boolean): Promise<void> => {
  while (!holds()) await wait(5);
};
