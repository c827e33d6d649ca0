export { MetricsList } from './MetricsList';
export { MetricsPage } from './MetricsPage';
