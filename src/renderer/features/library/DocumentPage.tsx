import { useAddFiles } from '@renderer/app/addFiles';
import { useApi } from '@renderer/app/client';
import { useCommand } from '@renderer/app/commands';
import { href } from '@renderer/app/paths';
import { useFormat } from '@renderer/lib/useFormat';
import { useTitle } from '@renderer/lib/useTitle';
import { Button } from '@renderer/ui/Button';
import { ConfirmDialog } from '@renderer/ui/ConfirmDialog';
import { ErrorState } from '@renderer/ui/ErrorState';
import { FindBox } from '@renderer/ui/FindBox';
import { Header } from '@renderer/ui/Header';
import { IconButton } from '@renderer/ui/IconButton';
import { Menu } from '@renderer/ui/Menu';
import { Segmented } from '@renderer/ui/Segmented';
import { Skeleton } from '@renderer/ui/Skeleton';
import { Tag } from '@renderer/ui/Status';
import { DocumentViewer, type ViewerInfo } from '@renderer/viewer/DocumentViewer';
import type { DocumentVersion, LibraryDocument } from '@shared/model';
import { useQuery } from '@tanstack/react-query';
import { Download, Ellipsis, Info, Search, Sun } from 'lucide-react';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { CollectionsDialog } from './CollectionsDialog';
import { DocumentMenuItems } from './DocumentMenu';
import { StateCell, unreadPages } from './DocumentRow';
import { languageCode, rowState } from './documentRows';
import { findInText, type OutlineEntry, outlineOf, type Place } from './findInText';
import styles from './library.module.css';
import { RenameDialog } from './RenameDialog';
import { collectionPath } from './route';
import { useLibraryActions } from './useLibraryActions';

/** As much text as is looked through and outlined; what lies behind it is still read and searched in the library. */
const wholeText = 2_000_000;

const back = (): void => location.assign(href(collectionPath(null)));

/** One document: for reading, with what is known about it and its versions beside it. */
export const DocumentPage = ({ id }: { id: string }) => {
  const { t } = useTranslation('library');
  const api = useApi();
  const actions = useLibraryActions();
  const format = useFormat();
  const document = useQuery(api.library.document.queryOptions({ input: { id } }));
  const versions = useQuery(api.library.versions.queryOptions({ input: { documentId: id } }));
  const [chosenVersion, setChosenVersion] = useState<string | null>(null);
  const [asPrinted, setAsPrinted] = useState(false);
  const [showInfo, setShowInfo] = useState(true);
  const [viewer, setViewer] = useState<ViewerInfo | null>(null);
  useTitle(document.data?.title ?? '');
  const [place, setPlace] = useState<Place | null>(null);
  const [query, setQuery] = useState<string | null>(null);
  const [match, setMatch] = useState(0);
  useCommand('find', () => setQuery((now) => now ?? ''), document.data?.state === 'ready');
  const [dialog, setDialog] = useState<'rename' | 'collections' | 'forget' | null>(null);
  const versionId = chosenVersion ?? document.data?.versionId;
  const version = versions.data?.find((each) => each.id === versionId);
  const readable = (version ?? document.data)?.state === 'ready';
  const whole = useQuery(
    api.library.text.queryOptions({
      input: { versionId: versionId ?? '', start: 0, length: wholeText },
      enabled: versionId !== undefined && readable && (showInfo || query !== null),
    }),
  ).data;
  const outline = useMemo(() => (whole ? outlineOf(whole.text, whole.spans) : []), [whole]);
  const matches = useMemo(() => (whole && query ? findInText(whole.text, whole.spans, query) : []), [whole, query]);
  const chooseVersion = (id: string | null): void => {
    setChosenVersion(id);
    setPlace(null);
  };

  if (document.error) {
    return (
      <>
        <Header title={t('title')} />
        <div className={styles.state}>
          <ErrorState error={document.error} action={<Button onClick={back}>{t('back')}</Button>} />
        </div>
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
  const found = matches[match] ?? null;

  return (
    <>
      <Header
        title={
          <>
            <a className={styles.crumb} href={href(collectionPath(null))}>
              {t('all')}
            </a>
            <span className="muted" aria-hidden>
              {' / '}
            </span>
            {shown.title}
          </>
        }
        note={
          viewer?.page && viewer.pages ? <span className="num">{t('pageOf', { page: viewer.page, pages: viewer.pages })}</span> : undefined
        }
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
            {viewer?.printed && <IconButton icon={Sun} label={t('printed')} pressed={asPrinted} onClick={() => setAsPrinted(!asPrinted)} />}
            <IconButton icon={Download} label={t('download')} onClick={() => void actions.download(versionId)} />
            <IconButton icon={Info} label={t('info')} pressed={showInfo} onClick={() => setShowInfo(!showInfo)} />
            <Menu align="end" trigger={<IconButtonForMenu label={t('rowMenu', { title: shown.title })} />}>
              <DocumentMenuItems
                documents={[shown]}
                onAsk={(what) => {
                  if (what === 'remove') {
                    void actions.remove([shown]);
                    back();
                  } else setDialog(what);
                }}
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
              onStep={(by) => matches.length > 0 && setMatch((match + by + matches.length) % matches.length)}
              onClose={() => {
                setPlace(found ?? place);
                setQuery(null);
              }}
            />
          )}
          {version && !version.current && (
            <div className={styles.oldVersion} role="status">
              <span className="grow">{t('copyOf', { ordinal: version.ordinal, current: shown.version })}</span>
              <Button size="s" onClick={() => chooseVersion(null)}>
                {t('toCurrent')}
              </Button>
            </div>
          )}
          {shown.unreadPages.length > 0 && versionId === shown.versionId && (
            <div className={styles.oldVersion} role="status">
              {t('unreadPages', { count: shown.unreadPages.length, pages: unreadPages(shown, format) })}
            </div>
          )}
          {readable ? (
            <DocumentViewer key={versionId} versionId={versionId} passage={found ?? place} asPrinted={asPrinted} onInfo={setViewer} />
          ) : (
            <Unread document={shown} />
          )}
        </div>
        {showInfo && (
          <Facts
            document={shown}
            version={version ?? null}
            versions={versions.data ?? []}
            versionId={versionId}
            onVersion={chooseVersion}
            outline={outline}
            place={place}
            onPlace={(next) => {
              setQuery(null);
              setPlace(next);
            }}
          />
        )}
      </div>
      <RenameDialog document={dialog === 'rename' ? shown : null} onClose={() => setDialog(null)} />
      <CollectionsDialog documents={dialog === 'collections' ? [shown] : []} onClose={() => setDialog(null)} />
      <ConfirmDialog
        open={dialog === 'forget'}
        onOpenChange={(open) => !open && setDialog(null)}
        title={t('forgetTitle', { title: shown.title })}
        description={t('forgetText')}
        confirm={t('forgetConfirm')}
        onConfirm={() => {
          void actions.forget(shown).then((gone) => gone && back());
        }}
      />
    </>
  );
};

const IconButtonForMenu = ({ label, ...rest }: { label: string }) => <IconButton icon={Ellipsis} label={label} {...rest} />;

/** In place of the text while there is none. */
const Unread = ({ document }: { document: LibraryDocument }) => {
  const { t } = useTranslation('library');
  const files = useAddFiles();
  const actions = useLibraryActions();
  const error = document.error ?? document.job?.error ?? null;
  if (rowState(document).kind === 'failed' && error) {
    return (
      <div className={styles.state}>
        <ErrorState
          error={error}
          onRetry={() => void actions.retry([document.id])}
          actions={{
            choose_other_file: (
              <Button size="s" onClick={() => files.choose('files')}>
                {t('choose')}
              </Button>
            ),
          }}
        />
      </div>
    );
  }
  return (
    <div className={styles.state}>
      <p className="second">{t('notReady')}</p>
      <div className={styles.unread}>
        <StateCell document={document} />
      </div>
    </div>
  );
};

interface FactsProps {
  document: LibraryDocument;
  version: DocumentVersion | null;
  versions: readonly DocumentVersion[];
  versionId: string;
  onVersion: (id: string) => void;
  outline: readonly OutlineEntry[];
  place: Place | null;
  onPlace: (place: Place) => void;
}

const Facts = ({ document, version, versions, versionId, onVersion, outline, place, onPlace }: FactsProps) => {
  const { t } = useTranslation('library');
  const [tab, setTab] = useState<'facts' | 'outline'>('facts');
  const format = useFormat();
  const collections = useQuery(useApi().library.collections.queryOptions());
  const names = collections.data
    ?.filter((collection) => document.collectionIds.includes(collection.id))
    .map((collection) => collection.name);
  const facts: [string, React.ReactNode][] = [
    [t('columns.state'), <StateCell key="state" document={document} />],
    [t('source'), document.source.startsWith('paste:') ? t('pasted') : document.source],
    [t('columns.type'), document.format ? t(`formats.${document.format}`) : '–'],
    [t('columns.pages'), version?.pages ? format.integer(version.pages) : '–'],
    [t('columns.passages'), format.integer(document.passages)],
    [t('characters'), version?.characters ? format.integer(version.characters) : '–'],
    [t('columns.size'), format.bytes(version?.size ?? document.size)],
    [t('languageName'), languageCode(version?.language ?? document.language) ?? '–'],
    [t('collections'), names && names.length > 0 ? format.list(names) : t('none')],
    [t('added'), format.date(document.createdAt)],
    [t('changed'), format.date(document.updatedAt)],
    [t('parser'), version?.parser ? `${version.parser} ${version.parserVersion ?? ''}` : '–'],
  ];
  return (
    <aside className={styles.facts} aria-label={t('info')}>
      {outline.length > 1 && (
        <Segmented
          label={t('info')}
          value={tab}
          options={[
            { value: 'facts', label: t('facts') },
            { value: 'outline', label: t('outline') },
          ]}
          onChange={setTab}
        />
      )}
      {tab === 'outline' && outline.length > 1 && (
        <nav aria-label={t('outline')}>
          <ul className={styles.outline}>
            {outline.map((entry) => (
              <li key={entry.place.start}>
                <button
                  type="button"
                  aria-current={entry.place.start === place?.start || undefined}
                  style={{ paddingInlineStart: `${8 + entry.depth * 14}px` }}
                  onClick={() => onPlace(entry.place)}
                >
                  <span className="clip grow">
                    {entry.place.page !== null && entry.label === String(entry.place.page)
                      ? t('pageNamed', { page: entry.place.page })
                      : entry.label}
                  </span>
                  {entry.place.page !== null && entry.label !== String(entry.place.page) && (
                    <span className="muted num">{entry.place.page}</span>
                  )}
                </button>
              </li>
            ))}
          </ul>
        </nav>
      )}
      <dl hidden={tab === 'outline' && outline.length > 1}>
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {versions.length > 0 && (tab === 'facts' || outline.length <= 1) && (
        <>
          <h2>{t('versions')}</h2>
          <ul className={styles.versions}>
            {versions.map((each) => (
              <li key={each.id}>
                <button type="button" aria-pressed={each.id === versionId} onClick={() => onVersion(each.id)}>
                  <span className="grow">{t('versionLine', { ordinal: each.ordinal })}</span>
                  {each.current && <Tag>{t('current')}</Tag>}
                  <span className="muted num">{format.when(each.createdAt)}</span>
                </button>
              </li>
            ))}
          </ul>
        </>
      )}
    </aside>
  );
};
