import type { LoggedEvent } from '@main/turns/turnEvents';
import { withEventMeta } from '@orpc/server';
import { type Call, leaving } from './base';

/** Events with their ids on the wire; an error in the middle of the stream leaves as those before it do. */
export async function* eventStream<Event extends object>(
  events: AsyncGenerator<LoggedEvent<Event>, void, void>,
  call: Call,
): AsyncGenerator<Event, void, void> {
  try {
    for await (const { id, event } of events) yield withEventMeta(event, { id });
  } catch (error) {
    throw leaving(error, call);
  }
}
