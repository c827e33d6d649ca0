import { type MetricsSection, metricsSections } from '@shared/model';
import { useLocation } from 'wouter';

/** The part of the panel named in the address; the overview where none is. */
export const useSection = (): MetricsSection => {
  const [path] = useLocation();
  const name = /^\/metrics\/([^/?]+)/.exec(path)?.[1];
  return metricsSections.find((section) => section === name) ?? 'overview';
};
