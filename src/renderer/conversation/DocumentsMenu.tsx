import { useApi } from '@renderer/base/client';
import { collectionTree } from '@renderer/lib/collectionTree';
import { useFormat } from '@renderer/lib/useFormat';
import { Menu, MenuCheck, MenuHeading, MenuLine } from '@renderer/ui/Menu';
import type { Collection, ConversationSettings } from '@shared/model';
import { useQuery } from '@tanstack/react-query';
import { Library } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import styles from './Composer.module.css';

interface DocumentsMenuProps {
  settings: ConversationSettings;
  onChange: (patch: Partial<ConversationSettings>) => void;
}

/** Switches the search of the library for the answer, and chooses its collections. */
export const DocumentsMenu = ({ settings, onChange }: DocumentsMenuProps) => {
  const { t } = useTranslation('chat');
  const collections = useQuery(useApi().library.collections.queryOptions()).data ?? [];
  const chosen = collections.filter(({ id }) => settings.collectionIds.includes(id));
  const label = !settings.documents
    ? t('composer.noDocuments')
    : chosen.length === 0
      ? t('composer.allDocuments')
      : chosen.length <= 2
        ? chosen.map(({ name }) => name).join(', ')
        : t('composer.collectionCount', { count: chosen.length });
  return (
    <Menu
      side="top"
      trigger={
        <button type="button" className={styles.pick}>
          <Library size={16} aria-hidden />
          <span className="sr">{t('composer.documents')}</span>
          <span className="clip">{label}</span>
        </button>
      }
    >
      <MenuCheck keepOpen checked={settings.documents} onChange={(documents) => onChange({ documents })}>
        {t('composer.searchDocuments')}
      </MenuCheck>
      {collections.length > 0 && <Collections collections={collections} settings={settings} onChange={onChange} />}
    </Menu>
  );
};

/** Rendered only in an open menu: to write the first number takes the window some time, which a start does not have. */
const Collections = ({ collections, settings, onChange }: DocumentsMenuProps & { collections: readonly Collection[] }) => {
  const { t } = useTranslation('chat');
  const format = useFormat();
  const { documents: searches, collectionIds } = settings;
  return (
    <>
      <MenuLine />
      <MenuHeading>{t('composer.collections')}</MenuHeading>
      <MenuCheck
        keepOpen
        disabled={!searches}
        checked={!collections.some(({ id }) => collectionIds.includes(id))}
        onChange={() => onChange({ collectionIds: [] })}
      >
        {t('composer.allDocuments')}
      </MenuCheck>
      {collectionTree(collections).map(({ collection: { id, name, documents }, depth }) => (
        <MenuCheck
          key={id}
          keepOpen
          disabled={!searches}
          checked={collectionIds.includes(id)}
          note={format.integer(documents)}
          onChange={(checked) =>
            onChange({ collectionIds: checked ? [...collectionIds, id] : collectionIds.filter((other) => other !== id) })
          }
        >
          <span style={{ paddingLeft: depth * 14 }}>{name}</span>
        </MenuCheck>
      ))}
    </>
  );
};
