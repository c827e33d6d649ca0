import { classes } from '@renderer/lib/classes';
import { X } from 'lucide-react';
import { Dialog as Radix } from 'radix-ui';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import styles from './Dialog.module.css';
import { IconButton } from './IconButton';
import { Modal } from './Modal';

export interface DialogProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: string;
  /** One or two sentences under the title. */
  description?: ReactNode;
  children?: ReactNode;
  /** Buttons, the main one last. */
  footer?: ReactNode;
  size?: 'm' | 'l';
}

/** Takes the focus when it opens and gives it back when it closes. */
export const Dialog = ({ open, onOpenChange, title, description, children, footer, size = 'm' }: DialogProps) => {
  const { t } = useTranslation();
  return (
    <Modal open={open} onOpenChange={onOpenChange} className={classes(styles.dialog, size === 'l' && styles.large)}>
      <header className={styles.head}>
        <Radix.Title className={styles.title}>{title}</Radix.Title>
        <IconButton icon={X} label={t('actions.close')} shortcut="Escape" onClick={() => onOpenChange(false)} />
      </header>
      {description && <div className={styles.description}>{description}</div>}
      {children && <div className={styles.body}>{children}</div>}
      {footer && <footer className={styles.foot}>{footer}</footer>}
    </Modal>
  );
};
