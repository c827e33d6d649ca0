import type { MetricsService } from '@main/telemetry/sections';
import { api } from './base';

export const createMetricsApi = ({ metrics }: { metrics: MetricsService }) => ({
  section: api.metrics.section.handler(({ input }) => metrics.section(input.section, input.range)),
});
