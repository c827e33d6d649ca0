import { useEvidence } from '@renderer/base/evidenceStore';
import { Skeleton } from '@renderer/ui/Skeleton';
import { lazy, Suspense } from 'react';
import { ErrorBoundary } from './ErrorBoundary';
import styles from './Shell.module.css';

const EvidencePanel = lazy(async () => ({ default: (await import('@renderer/features/evidence')).EvidencePanel }));

/** The panel beside the page: a document at the cited passage. */
export const EvidenceSlot = () => {
  const target = useEvidence((state) => state.target);
  return (
    <ErrorBoundary resetKey={`${target?.versionId} ${target?.start}`}>
      <Suspense fallback={<Skeleton className={styles.loading} lines={5} />}>
        <EvidencePanel />
      </Suspense>
    </ErrorBoundary>
  );
};
