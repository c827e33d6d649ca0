import '@renderer/locales/metrics';

export { MetricsList } from './MetricsList';
export { MetricsPage } from './MetricsPage';
