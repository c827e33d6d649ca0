// biome-ignore-all lint/a11y/useSemanticElements: a list box commanded by the search field, which has the focus
// biome-ignore-all lint/a11y/useFocusableInteractive: a list box commanded by the search field, which has the focus
// biome-ignore-all lint/a11y/useKeyWithClickEvents: a list box commanded by the search field, which has the focus
// biome-ignore-all lint/a11y/noStaticElementInteractions: a list box commanded by the search field, which has the focus
// biome-ignore-all lint/a11y/useAriaPropsSupportedByRole: a list box commanded by the search field, which has the focus
import { useApi } from '@renderer/base/client';
import { evidenceOfPassage, openCitation } from '@renderer/base/evidenceStore';
import { goTo } from '@renderer/base/routes';
import { usePlaceWords } from '@renderer/lib/usePlaceWords';
import { useRecognisedWords } from '@renderer/lib/useRecognisedWords';
import { ErrorState } from '@renderer/ui/ErrorState';
import { Skeleton } from '@renderer/ui/Skeleton';
import type { DocumentFilter, LibraryDocument, Passage, SearchResult } from '@shared/model';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { type Ref, useEffect, useImperativeHandle, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { documentIcon } from './DocumentRow';
import styles from './LibrarySearch.module.css';
import { makeSnippet } from './snippet';

export interface SearchResultsHandle {
  move: (step: number) => void;
}

export interface SearchResultsProps {
  query: string;
  collectionId: string | null;
  filter: DocumentFilter;
  /** Id of the list box, for the field that controls it. */
  id: string;
  onActive: (optionId: string | undefined) => void;
  /** True after Enter was pressed at these words: the chosen result is opened as soon as it is known. */
  entered: boolean;
  onEntered: () => void;
  ref: Ref<SearchResultsHandle>;
}

/** Documents whose name matches, then the best passages, as a list through which the search field moves. */
export const SearchResults = ({ query, collectionId, filter, id, onActive, entered, onEntered, ref }: SearchResultsProps) => {
  const { t } = useTranslation('library');
  const api = useApi();
  const list = useRef<HTMLDivElement>(null);
  const [active, setActive] = useState(0);
  const collections = collectionId ? [collectionId] : [];
  const found = useQuery(
    api.library.search.queryOptions({ input: { query, collectionIds: collections, filter, limit: 20 }, placeholderData: keepPreviousData }),
  );
  const named = useQuery(
    api.library.documents.queryOptions({
      input: { ...filter, query, collectionId: collectionId ?? undefined, sort: 'title', descending: false, limit: 3 },
      placeholderData: keepPreviousData,
    }),
  );
  const documents: LibraryDocument[] = named.data?.items ?? [];
  const passages = found.data?.passages ?? [];
  const count = documents.length + passages.length;

  // biome-ignore lint/correctness/useExhaustiveDependencies: a new question starts at the top
  useEffect(() => setActive(0), [query, collectionId, filter]);
  const option = (index: number): string => `${id}-${index}`;
  useEffect(() => onActive(count > 0 ? `${id}-${active}` : undefined), [id, active, count, onActive]);

  const open = (index: number): void => {
    const document = documents[index];
    if (document) {
      goTo('document', { id: document.id });
      return;
    }
    const targets = passages.map(evidenceOfPassage);
    const at = index - documents.length;
    const target = targets[at];
    if (target) openCitation(target, { list: targets, index: at });
  };
  useImperativeHandle(ref, () => ({
    move: (step) => {
      const next = Math.max(0, Math.min(count - 1, active + step));
      setActive(next);
      list.current?.querySelector(`[data-option="${next}"]`)?.scrollIntoView({ block: 'nearest' });
    },
  }));
  const known = found.isSuccess && named.isSuccess && !found.isPlaceholderData && !named.isPlaceholderData;
  // biome-ignore lint/correctness/useExhaustiveDependencies: once the results of these words are known, the chosen one is opened
  useEffect(() => {
    if (!entered || !known || count === 0) return;
    onEntered();
    open(active);
  }, [entered, known, count]);

  if (found.error) {
    return (
      <div className={styles.state}>
        <ErrorState error={found.error} onRetry={() => void found.refetch()} />
      </div>
    );
  }
  if (found.isPending) return <Skeleton className={styles.state} lines={6} />;
  if (count === 0) return <p className={styles.resultsNote}>{t('noResults', { query })}</p>;
  return (
    <div className={styles.results} data-stale={found.isPlaceholderData || undefined}>
      {passages.length > 0 && <SearchNote result={found.data} />}
      <div ref={list} id={id} role="listbox" aria-label={t('results')} tabIndex={-1}>
        {documents.map((document, index) => {
          const Icon = documentIcon(document);
          return (
            <div
              key={document.id}
              id={option(index)}
              data-option={index}
              role="option"
              tabIndex={-1}
              aria-selected={index === active}
              className={styles.namedDocument}
              onClick={() => open(index)}
            >
              <Icon size={16} aria-hidden />
              <span className="clip">{document.title}</span>
            </div>
          );
        })}
        {passages.map((passage, at) => {
          const index = documents.length + at;
          return (
            <div
              key={`${passage.versionId}:${passage.start}`}
              id={option(index)}
              data-option={index}
              role="option"
              tabIndex={-1}
              aria-selected={index === active}
              className={styles.passage}
              onClick={() => {
                setActive(index);
                open(index);
              }}
            >
              <PassageBody passage={passage} />
            </div>
          );
        })}
      </div>
    </div>
  );
};

/** Explains the passages below where they are less than an answer, and where the reranker took part or should have. */
const SearchNote = ({ result: { matched, support, mode, reranking } }: { result: SearchResult }) => {
  const { t } = useTranslation('library');
  const note = !matched ? 'nearestByMeaning' : support !== 'strong' ? 'weak' : mode === 'lexical' ? 'lexicalOnly' : null;
  return (
    <>
      {note && <p className={styles.resultsNote}>{t(note)}</p>}
      {reranking && <p className={styles.resultsNote}>{t(`reranking.${reranking}`)}</p>}
    </>
  );
};

const PassageBody = ({ passage }: { passage: Passage }) => {
  const { words } = usePlaceWords();
  const recognised = useRecognisedWords();
  const { pieces, cutBefore, cutAfter } = makeSnippet(passage.text, passage.matches);
  return (
    <>
      <div className={styles.passageTop}>
        <b className="clip">{passage.title}</b>
        <span className={styles.passagePlace}>
          {[words(passage.place, 'alone'), recognised(passage.recognised)].filter(Boolean).join(' · ')}
        </span>
        <span className="clip muted grow">{passage.place.headings.join(' / ')}</span>
      </div>
      <p className={styles.passageText}>
        {cutBefore && '… '}
        {pieces.map((piece) => (piece.match ? <mark key={piece.start}>{piece.text}</mark> : <span key={piece.start}>{piece.text}</span>))}
        {cutAfter && ' …'}
      </p>
    </>
  );
};
