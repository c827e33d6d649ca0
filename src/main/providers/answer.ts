import { createMessageReader } from './anthropic';
import { streamDone } from './eventStream';
import { createCandidateReader } from './google';
import { fieldsOf } from './loose';
import { createLineReader } from './ollama';
import { createCompletionReader } from './openai';
import { failureIn } from './post';
import type { AnswerReader, ChatPiece } from './protocol';

const readers = {
  completion: createCompletionReader,
  message: createMessageReader,
  candidate: createCandidateReader,
  line: createLineReader,
} as const;
export type AnswerForm = keyof typeof readers;

const messageEvents = /^(?:message(?:_\w+)?|content_block_\w+)$/;

/** The protocol in whose form an event is written; null where its fields do not show one. */
const formOf = (event: Record<string, unknown>): AnswerForm | null => {
  if ('choices' in event) return 'completion';
  if ('candidates' in event || 'promptFeedback' in event) return 'candidate';
  if (typeof event.type === 'string' && messageEvents.test(event.type)) return 'message';
  if ('stop_reason' in event && 'content' in event) return 'message';
  if ('done' in event || ('message' in event && typeof event.message === 'object') || typeof event.response === 'string') return 'line';
  return null;
};

/** Fields in which services wrap an answer. */
const wrappers = ['data', 'result', 'output', 'response'] as const;

const unwrapped = (event: Record<string, unknown>): Record<string, unknown> => {
  if (formOf(event)) return event;
  for (const field of wrappers) {
    const inner = fieldsOf(event[field]);
    if (formOf(inner)) return { ...(event.usage !== undefined && { usage: event.usage }), ...inner };
  }
  return event;
};

/**
 * Yields the pieces of an answer, in whatever protocol's form it comes: servers proxy each other, and may answer in the form of the
 * server behind them. `own` is the form that was requested. Throws the failure that an event reports.
 */
export async function* readAnswer(events: AsyncIterable<unknown>, own: AnswerForm): AsyncGenerator<ChatPiece, void, void> {
  let reader: AnswerReader | null = null;
  let done = false;
  for await (const event of events) {
    if (event === streamDone) {
      done = true;
      break;
    }
    const failure = failureIn(event);
    if (failure) throw failure;
    const fields = unwrapped(fieldsOf(event));
    if (reader === null) {
      const form = formOf(fields);
      reader = form && readers[form]();
    }
    if (reader) yield* reader.take(fields);
  }
  yield* (reader ?? readers[own]()).end(done);
}
