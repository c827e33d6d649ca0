import { usePlaceShown } from '@renderer/base/routes';
import type { MetricsSection } from '@shared/model';

/** The part of the panel named in the address; the overview where none is. */
export const useSection = (): MetricsSection => {
  const place = usePlaceShown();
  return place?.name === 'metrics' ? place.page : 'overview';
};
