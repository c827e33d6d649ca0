import '@renderer/locales/evidence';
import { useApi, useClient } from '@renderer/base/client';
import { toErrorRecord } from '@renderer/lib/errors';
import { useFormat } from '@renderer/lib/useFormat';
import { ErrorState } from '@renderer/ui/ErrorState';
import { type DocumentVersion, formats, lowConfidence, pageOf } from '@shared/model';
import { useQuery } from '@tanstack/react-query';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { PdfView } from './PdfView';
import { type PagePart, type Passage, pageParts } from './passage';
import { TextView } from './TextView';
import { useDocumentText } from './useDocumentText';
import styles from './viewer.module.css';

/** The data that the frame around the document needs. */
export interface ViewerInfo {
  /** Null until the version is known. */
  version: DocumentVersion | null;
  /** True for pages as printed, false for a text set for reading. */
  printed: boolean;
  page: number | null;
  pages: number | null;
}

export interface DocumentViewerProps {
  versionId: string;
  /** The passage to mark and to open at; null opens at the beginning. */
  passage: Passage | null;
  asPrinted: boolean;
  onInfo: (info: ViewerInfo) => void;
}

const noParts: readonly PagePart[] = [];
/** An address of the original is valid for some minutes; an older one is requested again. */
const addressMs = 60_000;

/** A document for reading, opened at a passage: PDFs as printed, everything else as text. */
export const DocumentViewer = ({ versionId, passage, asPrinted, onInfo }: DocumentViewerProps) => {
  const { t } = useTranslation('evidence');
  const api = useApi();
  const start = passage?.start ?? 0;
  const length = Math.max(1, Math.min(20_000, passage ? passage.end - passage.start : 1));
  const probe = useQuery(
    api.library.text.queryOptions({
      input: { versionId, start, length },
      // Another place of the same version: the view stays until the place is known.
      placeholderData: (before) => (before?.version.id === versionId ? before : undefined),
    }),
  );
  const version = probe.data?.version ?? null;
  const view = formats[version?.format ?? 'text'].view;

  const [drawingFailed, setDrawingFailed] = useState<string | null>(null);
  const [missing, setMissing] = useState<Passage | null>(null);
  const showPages = view === 'pages' && drawingFailed !== versionId;
  const original = useQuery(
    api.library.original.queryOptions({ input: { versionId }, enabled: showPages, staleTime: addressMs, gcTime: addressMs }),
  );
  // A second request returns another address of the same bytes: the open document keeps the first.
  const opened = useRef<{ versionId: string; url: string } | null>(null);
  if (original.data && opened.current?.versionId !== versionId) opened.current = { versionId, url: original.data.url };
  const url = opened.current?.versionId === versionId ? opened.current.url : null;
  const client = useClient();
  const format = useFormat();
  const recognised = useQuery(api.library.recognisedPages.queryOptions({ input: { versionId }, enabled: showPages }));
  const facts = useMemo(
    () => new Map(recognised.data?.filter(({ words }) => words > 0).map(({ page, confidence }) => [page, confidence])),
    [recognised.data],
  );
  const wordsOf = useCallback(
    async (page: number) => (facts.has(page) ? client.library.recognisedWords({ versionId, page }) : []),
    [client, versionId, facts],
  );
  const text = useDocumentText(versionId, start, version !== null && !showPages);

  const spans = probe.isPlaceholderData ? undefined : probe.data?.spans;
  const parts = useMemo(() => (passage && spans ? pageParts(passage, spans) : noParts), [passage, spans]);

  // Kept across passages and documents, for as long as the viewer is open.
  const [ownWidth, setOwnWidth] = useState<number | null>(null);
  const [pages, setPages] = useState<number | null>(null);
  const [page, setPage] = useState<number | null>(null);
  const report = useRef(onInfo);
  report.current = onInfo;
  useEffect(() => {
    report.current({
      version,
      printed: showPages,
      page: showPages ? page : null,
      pages: showPages ? (pages ?? version?.pages ?? null) : null,
    });
  }, [version, showPages, page, pages]);

  const failure = (probe.data ? null : probe.error) ?? (showPages || text.window ? null : text.error);
  if (failure) {
    const gone = toErrorRecord(failure).code === 'not_found';
    return (
      <div className={styles.state}>
        {gone ? (
          <p className="second">{t('gone')}</p>
        ) : (
          <ErrorState error={failure} onRetry={() => void (probe.error ? probe.refetch() : text.refetch())} />
        )}
        {passage && passage.quote !== '' && (
          <>
            {gone && <p className="muted">{t('goneText')}</p>}
            <blockquote className={styles.stored}>
              <mark className={styles.mark}>{passage.quote}</mark>
            </blockquote>
          </>
        )}
      </div>
    );
  }

  if (showPages) {
    if (original.error && url === null) {
      return (
        <div className={styles.state}>
          <ErrorState error={original.error} onRetry={() => void original.refetch()} />
        </div>
      );
    }
    if (url === null || recognised.isPending) return <Loading />;
    const confidence = facts.get(page ?? 0);
    return (
      <>
        {missing !== null && missing === passage && (
          <div className={styles.notice} role="status">
            {t('missing')}
            <blockquote className={styles.noticeQuote}>{passage.quote}</blockquote>
          </div>
        )}
        <PdfView
          key={versionId}
          url={url}
          isImage={version?.format === 'image'}
          recognised={wordsOf}
          note={
            confidence !== undefined &&
            t(confidence < lowConfidence ? 'recognisedUnsure' : 'recognised', { confidence: format.percent(confidence / 100) })
          }
          parts={parts}
          page={pageOf(passage?.place ?? null) ?? 1}
          ownWidth={ownWidth}
          onOwnWidth={setOwnWidth}
          asPrinted={asPrinted}
          onOpened={setPages}
          onPage={setPage}
          onMissing={() => setMissing(passage)}
          onError={(error) => {
            if (error) console.warn('The pages of this PDF cannot be drawn; its text is shown instead.', error);
            setDrawingFailed(versionId);
          }}
        />
      </>
    );
  }

  if (!version || !text.window) return <Loading />;
  return (
    <>
      {view === 'pages' && (
        <p className={styles.notice} role="status">
          {t('drawnFailed')}
        </p>
      )}
      <TextView
        key={versionId}
        place={versionId}
        text={text.window.text}
        start={text.window.start}
        spans={text.window.spans}
        view={view}
        passage={passage}
        hasBefore={text.hasPreviousPage}
        hasAfter={text.hasNextPage}
        onBefore={() => {
          if (!text.isFetching) void text.fetchPreviousPage();
        }}
        onAfter={() => {
          if (!text.isFetching) void text.fetchNextPage();
        }}
      />
    </>
  );
};

const Loading = () => {
  const { t } = useTranslation('evidence');
  return (
    <div className={styles.pages} role="status" aria-label={t('loading')}>
      <div className={styles.lines} aria-hidden>
        {Array.from({ length: 14 }, (_, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the lines have no identity
          <i key={index} />
        ))}
      </div>
    </div>
  );
};
