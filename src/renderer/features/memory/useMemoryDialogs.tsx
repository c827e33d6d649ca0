import { ConfirmDialog } from '@renderer/ui/ConfirmDialog';
import type { MemoryItem } from '@shared/model';
import { type ReactNode, useCallback, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { EditDialog } from './EditDialog';
import type { MemoryWish } from './MemoryMenu';
import { MergeDialog } from './MergeDialog';
import { SplitDialog, TagsDialog } from './TextsDialog';
import { useMemoryActions } from './useMemoryActions';

const nothing: readonly MemoryItem[] = [];
/** Longer than a dialog needs to give the focus back by itself. */
const focusBackMs = 60;

/** A dialog opened from a row's menu cannot give the focus back, since the menu is gone: the list takes it. */
const focusList = (): void => {
  setTimeout(() => {
    if (document.activeElement === document.body) document.querySelector<HTMLElement>('main [role="grid"]')?.focus({ preventScroll: true });
  }, focusBackMs);
};

/** The dialogs about memories, and how to open one. `onForgotten` runs when memories are gone for good. */
export const useMemoryDialogs = (
  onForgotten?: () => void,
): { ask: (wish: MemoryWish | 'new', items?: readonly MemoryItem[]) => void; dialogs: ReactNode } => {
  const { t } = useTranslation('memory');
  const actions = useMemoryActions();
  const [asked, setAsked] = useState<{ wish: MemoryWish | 'new'; items: readonly MemoryItem[] } | null>(null);
  const ask = useCallback((wish: MemoryWish | 'new', items: readonly MemoryItem[] = nothing): void => setAsked({ wish, items }), []);
  const close = (): void => {
    setAsked(null);
    focusList();
  };
  const itemsOf = (wish: MemoryWish): readonly MemoryItem[] => (asked?.wish === wish ? asked.items : nothing);
  const forgotten = itemsOf('forget');
  const dialogs = (
    <>
      <EditDialog item={asked?.wish === 'new' ? 'new' : (itemsOf('edit')[0] ?? null)} onClose={close} />
      <TagsDialog items={itemsOf('tags')} onClose={close} />
      <MergeDialog items={itemsOf('merge')} onClose={close} />
      <SplitDialog items={itemsOf('split')} onClose={close} />
      <ConfirmDialog
        open={forgotten.length > 0}
        onOpenChange={(open) => !open && close()}
        title={t('forgetTitle', { count: forgotten.length })}
        description={t('forgetText', { count: forgotten.length })}
        confirm={t('forgetConfirm')}
        onConfirm={() => {
          void actions.forget(forgotten.map(({ id }) => id)).then((gone) => gone && onForgotten?.());
        }}
      />
    </>
  );
  return { ask, dialogs };
};
