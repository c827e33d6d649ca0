import { useApi } from '@renderer/base/client';
import { useFormat } from '@renderer/lib/useFormat';
import { Menu, MenuCheck, MenuHeading, MenuLine } from '@renderer/ui/Menu';
import type { ConversationSettings } from '@shared/model';
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
  const format = useFormat();
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
      {collections.length > 0 && (
        <>
          <MenuLine />
          <MenuHeading>{t('composer.collections')}</MenuHeading>
          <MenuCheck keepOpen disabled={!settings.documents} checked={chosen.length === 0} onChange={() => onChange({ collectionIds: [] })}>
            {t('composer.allDocuments')}
          </MenuCheck>
          {collections.map(({ id, name, documents }) => (
            <MenuCheck
              key={id}
              keepOpen
              disabled={!settings.documents}
              checked={settings.collectionIds.includes(id)}
              note={format.integer(documents)}
              onChange={(checked) =>
                onChange({
                  collectionIds: checked ? [...settings.collectionIds, id] : settings.collectionIds.filter((other) => other !== id),
                })
              }
            >
              {name}
            </MenuCheck>
          ))}
        </>
      )}
    </Menu>
  );
};
