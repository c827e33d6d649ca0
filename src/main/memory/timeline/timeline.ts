import { readTimeQuestion, type TimeQuestion } from '@main/memory/time/readTimeQuestion';
import { topicOf } from '@main/memory/time/topic';
import { instantsOf } from '@main/memory/time/zone';
import type { ReadableDb } from '@main/store/database';
import { readInSlices } from '@main/store/slices';
import type { Telemetry } from '@main/telemetry/telemetry';
import type { Timeline, TimelineEvent } from '@shared/model';
import { findEvents, snippetOf } from './findEvents';
import { themesOf } from './themes';

/** More events than this are not listed one by one: the latest ones are, and the earlier ones are counted by month. */
export const mostEvents = 30;
const latestEvents = 10;
/** Readings of messages that are kept: reading one takes about a millisecond. */
const mostReadings = 20_000;

export interface TimelineRequest {
  text: string;
  /** The conversation that asks; null for none. */
  conversationId: string | null;
  /** The agent that asks, which knows only its own conversations where agents are kept apart; null for the person. */
  agentId: string | null;
  /** Messages from then on are no evidence: the time of the question, in epoch milliseconds. */
  before: number;
  language?: 'en' | 'fr' | null;
  signal?: AbortSignal | undefined;
}

export interface Timelines {
  /**
   * The timeline that answers a question about time; `temporal` is false for every other text. Thousands of messages are read in tasks
   * of a few milliseconds. Throws only where the signal is aborted.
   */
  of(request: TimelineRequest): Promise<Timeline>;
}

export interface TimelinesDeps {
  db: ReadableDb;
  telemetry: Pick<Telemetry, 'increment' | 'observe' | 'set'>;
  now: () => number;
  /** True where each agent has a memory of its own. */
  perAgent: () => boolean;
  /** The IANA zone of the person. */
  zone: () => string;
}

/** The longest message that may be a question about time, and words without which it is none. Reading a text takes a millisecond. */
const longestQuestion = 300;
const questionHints =
  /\b(?:when|what|which|where|who|how (?:many|often|long)|remind|remember|recall|recap|summar\w*|timeline|list|last|first|ever|did (?:we|i|you)|(?:have|had) (?:we|i|you)|quand|combien|quel\w*|quoi|qui|où|rappel\w*|souvien\w*|derni\w*|premi\w*|résum\w*|resum\w*|bilan|chronologie|point|montre|liste|retrouve\w*|\w+[- ](?:nous|je|tu|on))\b|\bqu['’ ]|\bd[eé]j[aà](?!\p{L})/iu;

const countRange = (count: number): string => (count === 0 ? '0' : count < 3 ? '1-2' : count <= 5 ? '3-5' : '5+');

/** The events that are listed, and the others by month. */
const listed = (events: readonly TimelineEvent[]): Pick<Timeline, 'events' | 'months'> => {
  if (events.length <= mostEvents) return { events: [...events], months: [] };
  const months = Map.groupBy(events.slice(0, -latestEvents), ({ day }) => day.slice(0, 7));
  return {
    events: events.slice(-latestEvents),
    months: Array.from(months, ([month, those]) => ({ month, ...countsOf(those) })).map(({ month, messages, days }) => ({
      month,
      messages,
      days,
    })),
  };
};

const countsOf = (events: readonly TimelineEvent[]): Timeline['counts'] => ({
  messages: events.reduce((sum, { messages }) => sum + messages, 0),
  days: new Set(events.map(({ day }) => day)).size,
  conversations: new Set(events.map(({ conversationId }) => conversationId)).size,
});

/** Answers questions about time from the stored messages: no date comes from anywhere else. */
export const createTimelines = ({ db, telemetry, now, perAgent, zone }: TimelinesDeps): Timelines => {
  const readings = new Map<string, boolean>();
  let [asked, known] = [0, 0];
  const asksAboutTime = (id: string, text: string): boolean => {
    if (text.length > longestQuestion || !questionHints.test(text)) return false;
    asked += 1;
    const kept = readings.get(id);
    if (kept !== undefined) {
      known += 1;
      return kept;
    }
    const { temporal } = readTimeQuestion(text, { now: now(), zone: zone() });
    if (readings.size >= mostReadings) readings.clear();
    readings.set(id, temporal);
    return temporal;
  };

  const build = async (request: TimelineRequest, question: TimeQuestion, place: string): Promise<Timeline> => {
    const window = instantsOf(question, place);
    const topic = topicOf(request.text, { language: request.language ?? null, now: now(), zone: place });
    const to = Math.min(window.to ?? request.before, request.before);
    const scope = { from: window.from, to, conversationId: request.conversationId, agentId: perAgent() ? request.agentId : null };
    const all = await readInSlices(findEvents(db, { topic, scope, zone: place, asksAboutTime }), request.signal);
    const short = (event: TimelineEvent): TimelineEvent => ({ ...event, text: snippetOf(event.text, topic.words) });
    const { events, months } = listed(all);
    const [first, last] = [all[0], all.at(-1)];
    return {
      temporal: true,
      kind: question.kind,
      ...window,
      zone: place,
      topic: topic.words.map(({ shown }) => shown),
      asked: topic.asked,
      events: events.map(short),
      months,
      themes: topic.words.length === 0 ? themesOf(events) : [],
      counts: countsOf(all),
      first: first ? short(first) : null,
      last: last ? short(last) : null,
    };
  };

  return {
    of: async (request) => {
      const place = zone();
      const question = readTimeQuestion(request.text, { language: request.language ?? null, now: now(), zone: place });
      telemetry.increment('memory_temporal_queries_total', { detected: question.temporal ? 'yes' : 'no' });
      if (!question.temporal) return { ...nothing, zone: place };
      const startedAt = performance.now();
      const timeline = await build(request, question, place);
      telemetry.observe('memory_temporal_search_duration_seconds', {}, (performance.now() - startedAt) / 1_000);
      telemetry.increment('memory_temporal_concepts_found_total', { count_range: countRange(timeline.counts.days) });
      if (asked > 0) telemetry.set('memory_temporal_cache_hit_rate', {}, known / asked);
      return timeline;
    },
  };
};

const nothing: Omit<Timeline, 'zone'> = {
  temporal: false,
  kind: null,
  from: null,
  to: null,
  topic: [],
  asked: 'both',
  events: [],
  months: [],
  themes: [],
  counts: { messages: 0, days: 0, conversations: 0 },
  first: null,
  last: null,
};
