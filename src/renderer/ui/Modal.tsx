import { classes } from '@renderer/lib/classes';
import { Dialog as Radix } from 'radix-ui';
import { type ReactNode, useEffect } from 'react';
import styles from './Modal.module.css';

/** How many are open; the window behind is inert as long as one is. */
let open = 0;
const setInert = (by: 1 | -1): void => {
  open += by;
  document.getElementById('root')?.toggleAttribute('inert', open > 0);
};

export interface ModalProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  className: string | undefined;
  /** Accessible name where the content has no `Dialog.Title` in sight. */
  label?: string;
  children: ReactNode;
}

/**
 * What lies over the window and takes the focus until it is closed. The rest of the window is made `inert`, which
 * keeps focus, pointer and screen reader inside without the styles that a scroll lock would have to inject.
 */
export const Modal = ({ open, onOpenChange, className, label, children }: ModalProps) => (
  <Radix.Root open={open} onOpenChange={onOpenChange} modal={false}>
    <Radix.Portal>
      <div className={styles.scrim} />
      <Radix.Content className={classes(styles.modal, className)} aria-modal="true" aria-describedby={undefined}>
        {label && <Radix.Title className="sr">{label}</Radix.Title>}
        <Inert />
        {children}
      </Radix.Content>
    </Radix.Portal>
  </Radix.Root>
);

const Inert = () => {
  useEffect(() => {
    setInert(1);
    return () => setInert(-1);
  }, []);
  return null;
};
