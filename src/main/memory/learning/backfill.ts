import type { Agents } from '@main/agents/agents';
import { createJobRunner, type JobRun } from '@main/jobs/jobRunner';
import type { ModelGateway } from '@main/providers/gateway';
import { priceOf } from '@main/providers/prices';
import { costNano, estimateTokens } from '@main/providers/tokens';
import type { ChangeBus } from '@main/store/changes';
import { findConversation } from '@main/store/conversations';
import type { WritableDb } from '@main/store/database';
import type { DiskRoom } from '@main/store/diskRoom';
import { jobById, jobOfSubject } from '@main/store/jobs';
import { unreadChats } from '@main/store/memoryAnalysis';
import type { Telemetry } from '@main/telemetry/telemetry';
import type { BackfillEstimate, Job, ProviderAccount, Settings } from '@shared/model';
import { type ChatReader, learningOff } from './analyseChat';
import type { Analyst } from './analyst';

/** Characters of the prompt around the messages of a step, and messages of a step, for the estimate. */
const frameTokens = 900;
const messagesPerStep = 8;
/** Tokens that a model writes for a step, roughly. */
const writtenTokens = 250;
/** The job's subject: there is one backfill. */
const subject = { subjectId: 'memory', documentId: null, title: '' };

export interface Backfill {
  /** The chats, messages, tokens and cost that a backfill would take now. Money is in 1e-9 USD; null where a price is unknown. */
  estimate(): BackfillEstimate;
  /** Starts or resumes; the job that runs. */
  start(): Job;
  /** Stops after the running step; `start` goes on from there. */
  pause(): Promise<void>;
  /** Continues a backfill that the end of the program or a full disk interrupted. */
  resume(): void;
  /** Resolves when none runs. */
  ended(): Promise<void>;
  stop(): Promise<void>;
}

/** Reads the conversations from before learning began, when the person asks for it. */
export const createBackfill = (deps: {
  db: WritableDb;
  changes: ChangeBus;
  gateway: Pick<ModelGateway, 'candidatesFor'>;
  accounts: () => ProviderAccount[];
  agents: Agents;
  settings: () => Pick<Settings, 'memory'>;
  reader: ChatReader;
  analyst: Pick<Analyst, 'alone'>;
  telemetry: Telemetry;
  diskRoom: Pick<DiskRoom, 'retryLater'>;
  now: () => number;
}): Backfill => {
  const { db, changes, telemetry, now } = deps;
  const jobs = createJobRunner('memory', { db, changes, log: telemetry.log, now });
  let running: { run: JobRun; ended: Promise<void> } | null = null;
  let stopped = false;

  /** Without a provider the rules read, and what they have read has nothing more to give. */
  const byModel = (): boolean => deps.settings().memory.analysis === 'model' && deps.accounts().some(({ enabled }) => enabled);

  const chats = () =>
    unreadChats(db, byModel()).filter(({ conversationId }) => learningOff(deps, findConversation(db, conversationId)) === null);

  const estimate = (): BackfillEstimate => {
    const sum: BackfillEstimate = { conversations: 0, messages: 0, inputTokens: 0, outputTokens: 0, costNano: 0, byModel: false };
    for (const { conversationId, messages, characters } of chats()) {
      sum.conversations += 1;
      sum.messages += messages;
      const settings = findConversation(db, conversationId)?.settings;
      const [model] = byModel() && settings ? deps.gateway.candidatesFor({ model: settings.model, agentId: settings.agentId }) : [];
      if (!model) continue;
      const steps = Math.ceil(messages / messagesPerStep);
      const inputTokens = steps * frameTokens + estimateTokens('x'.repeat(Math.min(characters, 5_000_000)));
      const outputTokens = steps * writtenTokens;
      const cost = costNano({ inputTokens, outputTokens, cachedTokens: 0 }, priceOf(deps.accounts(), model.ref));
      sum.byModel = true;
      sum.inputTokens += inputTokens;
      sum.outputTokens += outputTokens;
      sum.costNano = sum.costNano === null || (cost === null && !model.local) ? null : sum.costNano + (cost ?? 0);
    }
    return sum;
  };

  const work = (run: JobRun) => async (signal: AbortSignal) => {
    const all = chats();
    const total = all.reduce((sum, { messages }) => sum + messages, 0);
    let done = 0;
    const report = (): void => jobs.report(run, 'memory', total === 0 ? 1 : done / total);
    for (const { conversationId, messages } of all) {
      const before = done;
      const onStep = (read: number): void => {
        done += read;
        report();
      };
      await deps.analyst.alone((stopping) =>
        deps.reader.read({ conversationId, since: 0, again: byModel(), signal: AbortSignal.any([signal, stopping]), onStep }),
      );
      done = before + messages;
      report();
    }
  };

  const launch = (run: JobRun): Job => {
    const ended = jobs.perform(run, 'work', work(run)).finally(() => {
      running = null;
      // A full disk took neither what was learnt nor the end of the job: it continues once there is room.
      if (!stopped && jobById(db, run.job.id)?.state === 'running') deps.diskRoom.retryLater('read old conversations on', resume);
    });
    running = { run, ended };
    return run.job;
  };
  const resume = (): void => {
    if (stopped) return;
    jobs.requeueStray();
    const job = jobOfSubject(db, subject.subjectId);
    if (!running && job?.kind === 'memory' && job.state === 'queued') launch(jobs.start(job));
  };

  return {
    estimate,
    start: () => (running ? jobs.live(running.run.job) : launch(jobs.startNew(subject))),
    pause: async () => {
      if (running) await jobs.cancel(running.run.job.id);
    },
    resume,
    ended: async () => running?.ended,
    stop: async () => {
      stopped = true;
      jobs.stop();
      await running?.ended;
    },
  };
};
