import { useAddFiles } from '@renderer/base/addFiles';
import { askInNewChat } from '@renderer/base/askAbout';
import { useApi } from '@renderer/base/client';
import { useCommand } from '@renderer/base/commands';
import { useOpenActions } from '@renderer/base/openActions';
import { goTo, hrefTo } from '@renderer/base/routes';
import { useDocumentChoices } from '@renderer/base/useDocumentChoices';
import { isGone } from '@renderer/lib/errors';
import { useDebounced } from '@renderer/lib/useDebounced';
import { useFormat } from '@renderer/lib/useFormat';
import { usePlaceWords } from '@renderer/lib/usePlaceWords';
import { useTitle } from '@renderer/lib/useTitle';
import { Button } from '@renderer/ui/Button';
import { EmptyState } from '@renderer/ui/EmptyState';
import { ErrorState } from '@renderer/ui/ErrorState';
import { FindBox } from '@renderer/ui/FindBox';
import { Header } from '@renderer/ui/Header';
import { IconButton } from '@renderer/ui/IconButton';
import { Menu } from '@renderer/ui/Menu';
import { Skeleton } from '@renderer/ui/Skeleton';
import { useAsPrinted } from '@renderer/viewer/asPrinted';
import { DocumentViewer, type ViewerInfo } from '@renderer/viewer/DocumentViewer';
import type { Passage } from '@renderer/viewer/passage';
import { forgetText } from '@renderer/viewer/useDocumentText';
import { type OutlineEntry, placeOfPage } from '@shared/model';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { AlignLeft, Download, Ellipsis, FolderInput, Info, Pencil, Search, Sun, Trash2 } from 'lucide-react';
import { useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { DocumentDialogs } from './DocumentDialogs';
import { DocumentFacts } from './DocumentFacts';
import { DocumentMenuItems, type DocumentMenuItemsProps } from './DocumentMenu';
import { DocumentUnread } from './DocumentUnread';
import styles from './document.module.css';
import { type DocumentQuestion, rowState } from './documentRows';
import { mostMatches } from './findInText';
import { unreadPages } from './StateCell';
import { summaryOf } from './summaryOf';
import { useLibraryActions } from './useLibraryActions';
import { useFind } from './useWholeText';
import { VersionComparison } from './VersionComparison';

/** Pause without a keystroke before the text is searched. */
const findPauseMs = 120;

const back = (): void => goTo('library');

/** How long an outline is kept that is not shown: reading the document again may change it. */
const outlineKeptMs = 60_000;
const noOutline: readonly OutlineEntry[] = [];

/** One document for reading, with its facts and versions beside it. */
export const DocumentPage = ({ id }: { id: string }) => {
  const { t } = useTranslation('library');
  const api = useApi();
  const actions = useLibraryActions();
  const choices = useDocumentChoices();
  const files = useAddFiles();
  const format = useFormat();
  const { among } = usePlaceWords();
  const document = useQuery(api.library.document.queryOptions({ input: { id } }));
  const versions = useQuery(api.library.versions.queryOptions({ input: { documentId: id } }));
  const [chosenVersion, setChosenVersion] = useState<string | null>(null);
  const [comparing, setComparing] = useState(false);
  const { asPrinted, toggle: togglePrinted } = useAsPrinted();
  const [showInfo, setShowInfo] = useState(true);
  const [viewer, setViewer] = useState<ViewerInfo | null>(null);
  useTitle(document.data?.title ?? '');
  const [passage, setPassage] = useState<Passage | null>(null);
  const [query, setQuery] = useState<string | null>(null);
  const [match, setMatch] = useState(0);
  useCommand('find', () => setQuery((now) => now ?? ''), document.data?.state === 'ready');
  const [dialog, setDialog] = useState<DocumentQuestion | null>(null);
  const versionId = chosenVersion ?? document.data?.versionId;
  const version = versions.data?.find((each) => each.id === versionId);
  const readable = (version ?? document.data)?.state === 'ready';
  const queries = useQueryClient();
  useEffect(() => {
    // Its text is another one when it is read again.
    if (versionId !== undefined && !readable) forgetText(queries, api, versionId);
  }, [versionId, readable, queries, api]);
  const read = readable ? versionId : undefined;
  const outline = useQuery(
    api.library.outline.queryOptions({ input: { versionId: read ?? '' }, enabled: showInfo && read !== undefined, gcTime: outlineKeptMs }),
  );
  const { matches, done } = useFind(read, useDebounced(query, findPauseMs));
  const separate = async (chosen: string, title: string): Promise<void> => {
    const own = await choices.separate([chosen], id, title);
    if (own) goTo('document', { id: own });
  };
  const onAsk: DocumentMenuItemsProps['onAsk'] = (what, documents) => {
    if (what === 'remove') {
      void actions.remove(documents);
      back();
    } else setDialog(what);
  };
  const open = document.data;
  // The dialogs read it as one list as long as the document is the same.
  const asked = useMemo(() => (open ? [open] : []), [open]);
  useOpenActions(
    open && versionId !== undefined
      ? [
          ...(open.state === 'ready'
            ? [{ id: 'summarise', icon: AlignLeft, label: t('summarise.menu'), run: () => askInNewChat(summaryOf(open, t)) }]
            : []),
          { id: 'rename', icon: Pencil, label: t('rename'), run: () => onAsk('rename', [open]) },
          { id: 'download', icon: Download, label: t('download'), run: () => void actions.download(versionId) },
          { id: 'collections', icon: FolderInput, label: t('collectionsOf'), run: () => onAsk('collections', [open]) },
          { id: 'delete', icon: Trash2, label: t('delete'), run: () => onAsk('remove', [open]) },
        ]
      : [],
  );
  const chooseVersion = (next: string | null): void => {
    setChosenVersion(next);
    setPassage(null);
    if (next === null) setComparing(false);
  };

  if (document.error && (!document.data || isGone(document.error))) {
    return (
      <>
        <Header title={isGone(document.error) ? t('gone.title') : t('title')} />
        {isGone(document.error) ? (
          <EmptyState action={<Button onClick={back}>{t('back')}</Button>}>{t('gone.text')}</EmptyState>
        ) : (
          <div className={styles.state}>
            <ErrorState error={document.error} onRetry={() => void document.refetch()} />
          </div>
        )}
      </>
    );
  }
  if (!document.data || versionId === undefined) {
    return (
      <>
        <Header title="" />
        <Skeleton className={styles.state} lines={8} />
      </>
    );
  }
  const shown = document.data;
  const found = query === null ? null : (matches[match] ?? null);

  return (
    <>
      <Header
        title={
          <>
            <a className={styles.crumb} href={hrefTo('library')}>
              {t('all')}
            </a>
            <span className="muted" aria-hidden>
              {' / '}
            </span>
            {shown.title}
          </>
        }
        note={viewer?.page && viewer.pages ? <span className="num">{among(placeOfPage(viewer.page), viewer.pages)}</span> : undefined}
        actions={
          <>
            {readable && (
              <IconButton
                icon={Search}
                label={t('find')}
                shortcut="mod+f"
                pressed={query !== null}
                onClick={() => setQuery(query === null ? '' : null)}
              />
            )}
            {viewer?.printed && <IconButton icon={Sun} label={t('printed')} pressed={asPrinted} onClick={togglePrinted} />}
            <IconButton icon={Download} label={t('download')} onClick={() => void actions.download(versionId)} />
            <IconButton icon={Info} label={t('info')} pressed={showInfo} onClick={() => setShowInfo(!showInfo)} />
            <Menu align="end" trigger={<IconButton icon={Ellipsis} label={t('rowMenu', { title: shown.title })} />}>
              <DocumentMenuItems
                documents={[shown]}
                separate={
                  version && (versions.data?.length ?? 0) > 1
                    ? { ordinal: version.ordinal, onSelect: () => void separate(version.id, shown.title) }
                    : undefined
                }
                onAsk={onAsk}
              />
            </Menu>
          </>
        }
      />
      <div className={styles.document}>
        <div className={styles.reading}>
          {query !== null && readable && (
            <FindBox
              query={query}
              onQuery={(next) => {
                setQuery(next);
                setMatch(0);
              }}
              total={matches.length}
              index={match}
              more={!done || matches.length >= mostMatches}
              onStep={(by) => matches.length > 0 && setMatch((match + by + matches.length) % matches.length)}
              onClose={() => {
                setPassage(found ?? passage);
                setQuery(null);
              }}
            />
          )}
          {version && !version.current && versions.data?.some(({ current }) => current) && (
            <div className={styles.oldVersion} role="status">
              <span className="grow">{t('copyOf', { ordinal: version.ordinal, current: shown.version })}</span>
              {readable && (
                <Button size="s" aria-pressed={comparing} onClick={() => setComparing(!comparing)}>
                  {t('compare.with')}
                </Button>
              )}
              <Button size="s" onClick={() => void actions.restoreVersion(version).then((done) => done && chooseVersion(null))}>
                {t('compare.restore')}
              </Button>
              <Button size="s" onClick={() => chooseVersion(null)}>
                {t('toCurrent')}
              </Button>
            </div>
          )}
          {shown.originalMissing && versionId === shown.versionId && (
            <div className={styles.oldVersion} role="status">
              <span className="grow">{t('originalMissing')}</span>
              <Button size="s" onClick={() => void files.chooseFor(id)}>
                {t('addAgain')}
              </Button>
            </div>
          )}
          {shown.unreadPages.length > 0 && versionId === shown.versionId && (
            <div className={styles.oldVersion} role="status">
              <span className="grow">{t('unreadPages', { count: shown.unreadPages.length, pages: unreadPages(shown, format) })}</span>
              {shown.recognisable > 0 && rowState(shown).kind === 'partly' && (
                <Button size="s" onClick={() => void actions.recognise(id)}>
                  {t('recognition.start', { count: shown.recognisable })}
                </Button>
              )}
            </div>
          )}
          {comparing && readable && version && !version.current ? (
            <VersionComparison fromId={version.id} toId={shown.versionId} />
          ) : readable ? (
            <DocumentViewer key={versionId} versionId={versionId} passage={found ?? passage} asPrinted={asPrinted} onInfo={setViewer} />
          ) : (
            <DocumentUnread document={shown} onEncoding={() => setDialog('encoding')} />
          )}
        </div>
        {showInfo && (
          <DocumentFacts
            document={shown}
            version={version ?? null}
            versions={versions.data ?? []}
            versionId={versionId}
            onVersion={chooseVersion}
            outline={outline.data ?? noOutline}
            open={passage}
            onOpen={(next) => {
              setQuery(null);
              setPassage(next);
            }}
          />
        )}
      </div>
      <DocumentDialogs
        asked={dialog && { what: dialog, documents: asked }}
        onClose={() => setDialog(null)}
        onJoined={(into) => goTo('document', { id: into })}
        onForgotten={back}
      />
    </>
  );
};
