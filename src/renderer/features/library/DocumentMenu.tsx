import { askInNewChat } from '@renderer/base/askAbout';
import { MenuItem, MenuLine } from '@renderer/ui/Menu';
import { isWebSource, type LibraryDocument } from '@shared/model';
import {
  AlignLeft,
  Download,
  Eraser,
  FolderInput,
  FolderOpen,
  Languages,
  Layers2,
  Pencil,
  PencilLine,
  Pin,
  RefreshCw,
  RotateCcw,
  ScanText,
  Split as SplitIcon,
  Square,
  Tag as TagIcon,
  Trash2,
} from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { type DocumentActions, hasEncoding, rowState } from './documentRows';
import { summaryOf } from './summaryOf';
import { useLibraryActions } from './useLibraryActions';

export interface DocumentMenuItemsProps extends Pick<DocumentActions, 'onAsk'> {
  documents: LibraryDocument[];
  onOpen?: (document: LibraryDocument) => void;
  /** Set for the version being read, where there are others. */
  separate?: { ordinal: number; onSelect: () => void };
}

/** The actions on one document or on the chosen ones. */
export const DocumentMenuItems = ({ documents, onOpen, onAsk, separate }: DocumentMenuItemsProps) => {
  const { t } = useTranslation('library');
  const actions = useLibraryActions();
  const [first] = documents;
  if (!first) return null;
  const one = documents.length === 1;
  const again = documents.filter((document) => ['failed', 'cancelled'].includes(rowState(document).kind));
  const working = documents.flatMap((document) =>
    document.job && ['queued', 'working', 'recognising'].includes(rowState(document).kind) ? [document.job.id] : [],
  );
  return (
    <>
      {one && onOpen && (
        <MenuItem icon={FolderOpen} shortcut="Enter" onSelect={() => onOpen(first)}>
          {t('open')}
        </MenuItem>
      )}
      {one && first.state === 'ready' && (
        <MenuItem icon={AlignLeft} onSelect={() => askInNewChat(summaryOf(first, t))}>
          {t('summarise.menu')}
        </MenuItem>
      )}
      {one && (
        <MenuItem icon={Pencil} shortcut="F2" onSelect={() => onAsk('rename', documents)}>
          {t('rename')}
        </MenuItem>
      )}
      {one && (
        <MenuItem icon={PencilLine} onSelect={() => onAsk('details', documents)}>
          {t('details.menu')}
        </MenuItem>
      )}
      <MenuItem icon={FolderInput} onSelect={() => onAsk('collections', documents)}>
        {t('collectionsOf')}
      </MenuItem>
      <MenuItem icon={TagIcon} onSelect={() => onAsk('tags', documents)}>
        {t('tags.menu')}
      </MenuItem>
      <MenuItem icon={Pin} onSelect={() => onAsk('pins', documents)}>
        {t('pins.menu')}
      </MenuItem>
      {one && (
        <MenuItem icon={Download} onSelect={() => void actions.download(first.versionId)}>
          {t('download')}
        </MenuItem>
      )}
      {one && (
        <MenuItem icon={Layers2} onSelect={() => onAsk('join', documents)}>
          {t('join.menu')}
        </MenuItem>
      )}
      {one && isWebSource(first.source) && (
        <MenuItem icon={RefreshCw} onSelect={() => void actions.checkWebPage(first.id)}>
          {t('web.checkMenu')}
        </MenuItem>
      )}
      {one && hasEncoding(first) && (
        <MenuItem icon={Languages} onSelect={() => onAsk('encoding', documents)}>
          {t('encoding.menu')}
        </MenuItem>
      )}
      {separate && (
        <MenuItem icon={SplitIcon} onSelect={separate.onSelect}>
          {t('separateVersion', { ordinal: separate.ordinal })}
        </MenuItem>
      )}
      {one && first.recognisable > 0 && working.length === 0 && (
        <MenuItem icon={ScanText} onSelect={() => void actions.recognise(first.id)}>
          {t('recognition.start', { count: first.recognisable })}
        </MenuItem>
      )}
      {again.length > 0 && (
        <MenuItem icon={RotateCcw} onSelect={() => void actions.retry(again.map(({ id }) => id))}>
          {t('retry')}
        </MenuItem>
      )}
      {working.length > 0 && (
        <MenuItem icon={Square} onSelect={() => void actions.cancel(working)}>
          {t('cancel')}
        </MenuItem>
      )}
      <MenuLine />
      <MenuItem icon={Trash2} shortcut="Delete" onSelect={() => onAsk('remove', documents)}>
        {t('delete')}
      </MenuItem>
      {one && (
        <MenuItem icon={Eraser} danger onSelect={() => onAsk('forget', documents)}>
          {t('forget')}
        </MenuItem>
      )}
    </>
  );
};
