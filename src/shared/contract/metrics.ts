import { z } from 'zod';
import { metricRanges, metricsOverviewSchema } from '../model';
import { procedure } from './base';

export const metrics = {
  overview: procedure.input(z.object({ range: z.enum(metricRanges) })).output(metricsOverviewSchema),
};
