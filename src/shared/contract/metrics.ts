import { z } from 'zod';
import { metricRanges, metricsFiguresSchema, metricsSections } from '../model';
import { procedure } from './base';

export const metrics = {
  /** The figures of one section of the panel; a change of `metrics` reports that they may have changed. */
  section: procedure.input(z.object({ section: z.enum(metricsSections), range: z.enum(metricRanges) })).output(metricsFiguresSchema),
};
