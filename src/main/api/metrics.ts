import type { MetricsOverviewService } from '@main/telemetry/overview';
import { api } from './base';

export const createMetricsApi = ({ metrics }: { metrics: MetricsOverviewService }) => ({
  overview: api.metrics.overview.handler(({ input }) => metrics.overview(input.range)),
});
