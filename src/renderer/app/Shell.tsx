import { leaveEvidence, useEvidence } from '@renderer/base/evidenceStore';
import { goTo } from '@renderer/base/routes';
import { LazyPart } from '@renderer/lib/LazyPart';
import { useMedia } from '@renderer/lib/useMedia';
import { Button } from '@renderer/ui/Button';
import { EmptyState } from '@renderer/ui/EmptyState';
import { Header } from '@renderer/ui/Header';
import { Skeleton } from '@renderer/ui/Skeleton';
import { SplitLayout } from '@renderer/ui/SplitLayout';
import { type ReactNode, Suspense, useCallback, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useHashLocation } from 'wouter/use-hash-location';
import { ErrorBoundary } from './ErrorBoundary';
import { EvidenceSlot } from './EvidenceSlot';
import { rememberPlace, sectionOf } from './lastPlaces';
import { useLayout } from './layoutStore';
import { Rail } from './Rail';
import styles from './Shell.module.css';

/** The frame of the window: rail, the list and page of the current section, and the evidence panel. */
export const Shell = ({ footer }: { footer?: ReactNode }) => {
  const { t } = useTranslation();
  const [path] = useHashLocation();
  const { listOpen, panelWidth: chosenWidth } = useLayout();
  const wide = useMedia('(min-width: 1600px)');
  // A page at reading size fits into the panel as soon as the window has room for it beside the chat.
  const widest = useMedia('(min-width: 1840px)');
  const panelWidth = chosenWidth ?? (widest ? 680 : wide ? 560 : 432);
  const evidenceOpen = useEvidence((state) => state.target !== null);
  // A passage belongs to the page from which it was opened.
  const shownPath = useRef(path);
  useEffect(() => {
    if (shownPath.current !== path) leaveEvidence();
    shownPath.current = path;
    rememberPlace(path);
  }, [path]);
  const section = sectionOf(path);
  const onListOpen = useCallback((open: boolean) => useLayout.setState({ listOpen: open }), []);
  const onPanelWidth = useCallback((width: number) => useLayout.setState({ panelWidth: width }), []);
  return (
    <SplitLayout
      rail={<Rail current={section?.id ?? null} />}
      list={
        section?.list && (
          <ErrorBoundary resetKey={path}>
            <Suspense fallback={<Skeleton className={styles.loading} lines={6} />}>
              <LazyPart key={section.id} source={section.list} />
            </Suspense>
          </ErrorBoundary>
        )
      }
      listLabel={section ? t(`sections.${section.id}`) : ''}
      panel={evidenceOpen ? <EvidenceSlot /> : undefined}
      panelLabel={t('evidencePanel')}
      listOpen={listOpen}
      onListOpen={onListOpen}
      panelWidth={panelWidth}
      onPanelWidth={onPanelWidth}
    >
      <ErrorBoundary resetKey={path}>
        <Suspense fallback={<Skeleton className={styles.loading} lines={5} />}>
          {section ? (
            <LazyPart key={section.id} source={section.page} />
          ) : (
            <>
              <Header title={t('notFound.title')} />
              <EmptyState action={<Button onClick={() => goTo('chat')}>{t('notFound.action')}</Button>} />
            </>
          )}
        </Suspense>
      </ErrorBoundary>
      {footer}
    </SplitLayout>
  );
};
