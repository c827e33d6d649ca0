import { useApi, useClient } from '@renderer/base/client';
import { hrefTo } from '@renderer/base/routes';
import { useFormat } from '@renderer/lib/useFormat';
import { useLanguageName } from '@renderer/lib/useLanguageName';
import { type Fact, FactList } from '@renderer/ui/FactList';
import { IconButton } from '@renderer/ui/IconButton';
import { Segmented } from '@renderer/ui/Segmented';
import { Tag } from '@renderer/ui/Status';
import { useAttempt } from '@renderer/ui/useAttempt';
import type { Passage } from '@renderer/viewer/passage';
import {
  type DocumentVersion,
  formats,
  isWebSource,
  type LibraryDocument,
  lowConfidence,
  type OutlineEntry,
  typeNameOf,
} from '@shared/model';
import { useQuery } from '@tanstack/react-query';
import type { TFunction } from 'i18next';
import { FolderOpen, X } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { DocumentOutline } from './DocumentOutline';
import styles from './document.module.css';
import { NoteFacts } from './NoteFacts';
import { StateCell } from './StateCell';
import { WebPageFacts } from './WebPageFacts';

interface DocumentFactsProps {
  document: LibraryDocument;
  /** The version being read; null until it is known. */
  version: DocumentVersion | null;
  versions: readonly DocumentVersion[];
  versionId: string;
  onVersion: (id: string) => void;
  outline: readonly OutlineEntry[];
  /** The passage that is open. */
  open: Passage | null;
  onOpen: (passage: Passage) => void;
}

/** Facts about a document beside it: facts and versions, or its outline. */
export const DocumentFacts = ({ document, version, versions, versionId, onVersion, outline, open, onOpen }: DocumentFactsProps) => {
  const { t } = useTranslation('library');
  const [tab, setTab] = useState<'facts' | 'outline'>('facts');
  const outlined = outline.length > 1;
  return (
    <aside className={styles.facts} aria-label={t('info')}>
      {outlined && (
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
      {outlined && tab === 'outline' ? (
        <DocumentOutline outline={outline} open={open} onOpen={onOpen} />
      ) : (
        <>
          <Facts document={document} version={version} />
          {version?.web && (
            <WebPageFacts documentId={document.id} version={{ ...version, web: version.web }} newest={versions[0]?.web ?? null} />
          )}
          <NoteFacts documentId={document.id} />
          <Origins documentId={document.id} />
          <Places documentId={document.id} />
          {versions.length > 0 && <Versions versions={versions} versionId={versionId} onVersion={onVersion} />}
        </>
      )}
    </aside>
  );
};

const sourceFact = (t: TFunction<'library'>, { source }: LibraryDocument): Fact => [
  t('source'),
  source.startsWith('paste:') ? t('pasted') : source,
];

const Facts = ({ document, version }: Pick<DocumentFactsProps, 'document' | 'version'>) => {
  const { t } = useTranslation('library');
  const format = useFormat();
  const languageName = useLanguageName();
  const collections = useQuery(useApi().library.collections.queryOptions()).data;
  const recognised = useRecognised(version);
  const names = collections?.filter(({ id }) => document.collectionIds.includes(id)).map(({ name }) => name);
  const facts: Fact[] = [
    [t('columns.state'), <StateCell key="state" document={document} />],
    ...(isWebSource(document.source) ? [] : [sourceFact(t, document)]),
    [t('columns.type'), document.format ? typeNameOf(document.format, document.source) : '–'],
    [t('columns.pages'), version?.pages ? format.integer(version.pages) : '–'],
    ...(recognised ? [[t('recognition.fact'), recognised] satisfies Fact] : []),
    [t('columns.passages'), format.integer(document.passages)],
    [t('characters'), version?.characters ? format.integer(version.characters) : '–'],
    [t('columns.size'), format.bytes(version?.size ?? document.size)],
    [t('details.author'), document.author ?? '–'],
    [t('details.dated'), document.dated ? format.dated(document.dated) : '–'],
    [t('languageName'), document.language ? languageName(document.language) : '–'],
    [t('tags.of'), document.tags.length > 0 ? format.list(document.tags) : t('none')],
    [t('collections'), names && names.length > 0 ? format.list(names) : t('none')],
    ...(document.pins ? ([[t('pins.where'), t('pins.mark')]] satisfies Fact[]) : []),
    [t('added'), format.date(document.createdAt)],
    [t('changed'), format.date(document.updatedAt)],
    ...(version?.encoding ? [[t('encoding.chosen'), version.encoding] as const] : []),
    [t('parser'), version?.parser ? `${version.parser} ${version.parserVersion ?? ''}` : '–'],
  ];
  return <FactList facts={facts} />;
};

/** How many pages are uncertain by their number before they are only counted. */
const pagesNamed = 12;

/** The pages whose text was recognised, how sure that is, and the uncertain ones; null where there are none. */
const useRecognised = (version: DocumentVersion | null): string | null => {
  const { t } = useTranslation('library');
  const format = useFormat();
  const isRead = version?.state === 'ready' && formats[version.format ?? 'text'].view === 'pages';
  const pages = useQuery(
    useApi().library.recognisedPages.queryOptions({ input: { versionId: version?.id ?? '' }, enabled: isRead }),
  ).data?.filter(({ words }) => words > 0);
  if (!isRead || !pages || pages.length === 0) return null;
  const words = pages.reduce((sum, page) => sum + page.words, 0);
  const confidence = pages.reduce((sum, page) => sum + page.confidence * page.words, 0) / words;
  const low = pages.filter((page) => page.confidence < lowConfidence);
  const named = [...low.slice(0, pagesNamed).map(({ page }) => format.integer(page)), ...(low.length > pagesNamed ? ['…'] : [])];
  return [
    t('recognition.read', { count: pages.length, confidence: format.percent(confidence / 100) }),
    ...(low.length > 0 ? [t('recognition.low', { count: low.length, pages: format.list(named) })] : []),
  ].join(' ');
};

/** The watched folders from which it comes, with its path there. */
const Origins = ({ documentId }: { documentId: string }) => {
  const { t } = useTranslation('library');
  const api = useApi();
  const client = useClient();
  const attempt = useAttempt();
  const origins = useQuery(api.folders.origins.queryOptions({ input: { documentId } })).data ?? [];
  const reveals = useQuery(api.folders.list.queryOptions()).data?.reveals ?? false;
  if (origins.length === 0) return null;
  return (
    <>
      <h2>{t('folders.from')}</h2>
      <ul className={styles.places}>
        {origins.map(({ id, folderId, folderName, path, fullPath, state }) => (
          <li key={id}>
            <a className="clip grow" href={hrefTo('folder', { id: folderId })} title={fullPath}>
              <bdi>{`${folderName}/${path}`}</bdi>
            </a>
            {state === 'gone' && <Tag tone="warning">{t('folders.fileStates.gone')}</Tag>}
            {reveals && state !== 'gone' && (
              <IconButton
                icon={FolderOpen}
                iconSize={14}
                label={t('folders.show')}
                onClick={() => void attempt(() => client.folders.reveal({ fileId: id }))}
              />
            )}
          </li>
        ))}
      </ul>
    </>
  );
};

/** The places of its file: the same bytes at several places are one document. */
const Places = ({ documentId }: { documentId: string }) => {
  const { t } = useTranslation('library');
  const api = useApi();
  const client = useClient();
  const attempt = useAttempt();
  const all = useQuery(api.library.places.queryOptions({ input: { documentId } })).data ?? [];
  const places = all.filter(({ newest }) => newest);
  if (places.length < 2) return null;
  return (
    <>
      <h2>{t('places')}</h2>
      <ul className={styles.places}>
        {places.map(({ id, source }) => (
          <li key={id}>
            <span className="clip grow" title={source}>
              <bdi>{source.startsWith('paste:') ? t('pasted') : source}</bdi>
            </span>
            <IconButton
              icon={X}
              iconSize={14}
              label={t('removePlace', { source })}
              onClick={() => void attempt(() => client.library.removePlace({ documentId, placeId: id }))}
            />
          </li>
        ))}
      </ul>
    </>
  );
};

const Versions = ({ versions, versionId, onVersion }: Pick<DocumentFactsProps, 'versions' | 'versionId' | 'onVersion'>) => {
  const { t } = useTranslation('library');
  const format = useFormat();
  return (
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
  );
};
