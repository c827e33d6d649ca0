import { eventIterator } from '@orpc/contract';
import { z } from 'zod';
import { debateConfigSchema, debateEventSchema, debateSchema, idSchema } from '../model';
import { done, procedure } from './base';

export const debates = {
  /** Stores the debate and starts round 1; the same id twice returns the first. Listed as conversations of kind `debate`. */
  start: procedure.input(z.object({ id: idSchema, config: debateConfigSchema })).output(debateSchema),
  get: procedure.input(z.object({ id: idSchema })).output(debateSchema),
  /** Sends the whole state first, then the events; ends with the debate. */
  watch: procedure.input(z.object({ id: idSchema })).output(eventIterator(debateEventSchema)),
  stop: procedure.input(z.object({ id: idSchema })).output(done),
  /** Continues at the round where the debate stopped, with all contributions kept. */
  resume: procedure.input(z.object({ id: idSchema })).output(debateSchema),
};
