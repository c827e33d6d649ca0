import { useApi } from '@renderer/base/client';
import { conversationRoutes, routes } from '@renderer/base/routes';
import { collectionTree } from '@renderer/lib/collectionTree';
import { Button } from '@renderer/ui/Button';
import { Dialog } from '@renderer/ui/Dialog';
import { Segmented } from '@renderer/ui/Segmented';
import type { DocumentPins, LibraryDocument } from '@shared/model';
import { useQuery } from '@tanstack/react-query';
import { Folder, type LucideIcon } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import styles from './CollectionsDialog.module.css';
import { useLibraryActions } from './useLibraryActions';

interface PinsDialogProps {
  /** Empty when the dialog is closed. */
  documents: readonly LibraryDocument[];
  onClose: () => void;
}

/** Chooses where documents are used: everywhere, or in some conversations and collections only. */
export const PinsDialog = ({ documents, onClose }: PinsDialogProps) => {
  const [pins, setPins] = useState<DocumentPins | null>(null);
  const [shown, setShown] = useState(documents);
  // The pins of the first document are the proposal for all.
  if (shown !== documents) {
    setShown(documents);
    setPins(documents[0]?.pins ?? null);
  }
  const { t } = useTranslation('library');
  const { t: common } = useTranslation();
  const actions = useLibraryActions();
  const save = (): void => {
    onClose();
    void actions.pin(
      documents.map(({ id }) => id),
      pins,
    );
  };
  return (
    <Dialog
      open={documents.length > 0}
      onOpenChange={(open) => !open && onClose()}
      title={t('pins.title', { count: documents.length, title: documents[0]?.title ?? '' })}
      description={t('pins.hint')}
      footer={
        <>
          <Button variant="quiet" onClick={onClose}>
            {common('actions.cancel')}
          </Button>
          <Button variant="main" onClick={save}>
            {common('actions.save')}
          </Button>
        </>
      }
    >
      <Segmented
        label={t('pins.where')}
        value={pins === null ? 'everywhere' : 'pinned'}
        options={[
          { value: 'everywhere', label: t('pins.everywhere') },
          { value: 'pinned', label: t('pins.only') },
        ]}
        onChange={(next) => setPins(next === 'everywhere' ? null : (documents[0]?.pins ?? { collectionIds: [], conversationIds: [] }))}
      />
      {pins && <Places pins={pins} onPins={setPins} />}
    </Dialog>
  );
};

const Places = ({ pins, onPins }: { pins: DocumentPins; onPins: (pins: DocumentPins) => void }) => {
  const { t } = useTranslation('library');
  const api = useApi();
  const collections = useQuery(api.library.collections.queryOptions()).data ?? [];
  const conversations = useQuery(api.conversations.list.queryOptions({ input: { limit: 100 } })).data?.items ?? [];
  const toggled = (ids: readonly string[], id: string): string[] => (ids.includes(id) ? ids.filter((one) => one !== id) : [...ids, id]);
  const hidden = pins.conversationIds.filter((id) => !conversations.some((conversation) => conversation.id === id)).length;
  return (
    <div className={styles.places}>
      {pins.collectionIds.length + pins.conversationIds.length === 0 && <p className={styles.none}>{t('pins.nowhere')}</p>}
      <h3>{t('collections')}</h3>
      {collections.length === 0 && <p className={styles.none}>{t('noCollections')}</p>}
      <ul className={styles.checks}>
        {collectionTree(collections).map(({ collection: { id, name, colour }, depth }) => (
          <Check
            key={id}
            icon={Folder}
            depth={depth}
            colour={colour}
            checked={pins.collectionIds.includes(id)}
            onChange={() => onPins({ ...pins, collectionIds: toggled(pins.collectionIds, id) })}
          >
            {name}
          </Check>
        ))}
      </ul>
      <h3>{t('pins.conversations')}</h3>
      {conversations.length === 0 && <p className={styles.none}>{t('pins.noConversations')}</p>}
      <ul className={styles.checks}>
        {conversations.map(({ id, kind, title }) => (
          <Check
            key={id}
            icon={routes[conversationRoutes[kind]].icon}
            checked={pins.conversationIds.includes(id)}
            onChange={() => onPins({ ...pins, conversationIds: toggled(pins.conversationIds, id) })}
          >
            {title || t('pins.untitled')}
          </Check>
        ))}
      </ul>
      {hidden > 0 && <p className={styles.none}>{t('pins.others', { count: hidden })}</p>}
    </div>
  );
};

interface CheckProps {
  icon: LucideIcon;
  depth?: number;
  colour?: string | null;
  checked: boolean;
  onChange: () => void;
  children: string;
}

const Check = ({ icon: Icon, depth = 0, colour, checked, onChange, children }: CheckProps) => (
  <li>
    <label className={styles.check} style={{ marginLeft: depth * 14 }} data-colour={colour ?? undefined}>
      <input type="checkbox" checked={checked} onChange={onChange} />
      <Icon size={16} aria-hidden />
      <span className="clip">{children}</span>
    </label>
  </li>
);
