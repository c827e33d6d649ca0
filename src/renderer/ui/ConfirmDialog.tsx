import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from './Button';
import { Dialog } from './Dialog';

export interface ConfirmDialogProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  /** Names the thing: "Delete “Contracts”?" */
  title: string;
  description: ReactNode;
  /** The verb on the button. */
  confirm: string;
  onConfirm: () => void;
  danger?: boolean;
}

/** Only for actions that cannot be undone; all others run at once and offer Undo. */
export const ConfirmDialog = ({ open, onOpenChange, title, description, confirm, onConfirm, danger = true }: ConfirmDialogProps) => {
  const { t } = useTranslation();
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title={title}
      description={description}
      footer={
        <>
          <Button variant="quiet" onClick={() => onOpenChange(false)}>
            {t('actions.cancel')}
          </Button>
          <Button
            variant={danger ? 'danger' : 'main'}
            onClick={() => {
              onOpenChange(false);
              onConfirm();
            }}
          >
            {confirm}
          </Button>
        </>
      }
    />
  );
};
