import { usePlaceShown } from '@renderer/base/routes';
import { GardenerPage } from './GardenerPage';
import { GraphPage } from './GraphPage';
import { MemoriesPage } from './MemoriesPage';
import { MemoryDetail } from './MemoryDetail';

/** The page of the section: what is remembered, one memory, or the gardener. */
export const MemoryPage = () => {
  const place = usePlaceShown();
  if (place?.name === 'memoryItem') return <MemoryDetail key={place.id} id={place.id} />;
  const page = place?.name === 'memory' ? place.page : 'live';
  if (page === 'graph') return <GraphPage />;
  return page === 'gardener' ? <GardenerPage /> : <MemoriesPage key={page} state={page} />;
};
