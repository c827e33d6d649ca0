import { eventIterator } from '@orpc/contract';
import { z } from 'zod';
import { debateConfigSchema, debateEventSchema, debateSchema, idSchema } from '../model';
import { done, procedure } from './base';

export const debates = {
  /** Stores the debate and starts round 1; the same id twice returns the first. Listed as conversations of kind `debate`. */
  start: procedure.input(z.object({ id: idSchema, config: debateConfigSchema })).output(debateSchema),
  get: procedure.input(z.object({ id: idSchema })).output(debateSchema),
  /** First the whole state, then what happens; ends when the debate does. */
  watch: procedure.input(z.object({ id: idSchema })).output(eventIterator(debateEventSchema)),
  stop: procedure.input(z.object({ id: idSchema })).output(done),
  /** Goes on at the round where it stopped, with what was said kept. */
  resume: procedure.input(z.object({ id: idSchema })).output(debateSchema),
};
