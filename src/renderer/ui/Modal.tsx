import { classes } from '@renderer/lib/classes';
import { Dialog as Radix } from 'radix-ui';
import { type ReactNode, useEffect, useRef } from 'react';
import styles from './Modal.module.css';
import { overlays } from './overlays';

/** The number of open dialogs; the window behind is inert while there is one. */
let open = 0;
const setInert = (by: 1 | -1): void => {
  open += by;
  document.getElementById('root')?.toggleAttribute('inert', open > 0);
};

/** True while a dialog is open: shortcuts of the window behind it then do nothing. */
export const isModalOpen = (): boolean => open > 0;

/** The element that gets the focus back: the focused one, or for an item of a menu that is about to close, the menu's button. */
const focusHolder = (): HTMLElement | null => {
  const active = document.activeElement instanceof HTMLElement ? document.activeElement : null;
  const button = active?.closest('[role="menu"]')?.getAttribute('aria-labelledby');
  return button ? document.getElementById(button) : active;
};

export interface ModalProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  className: string | undefined;
  /** Accessible name where the content shows no `Dialog.Title`. */
  label?: string;
  children: ReactNode;
}

/**
 * A layer over the window that takes the focus until it is closed. The rest of the window is made `inert`, which keeps focus,
 * pointer and screen reader inside without the styles that a scroll lock would have to inject.
 */
export const Modal = ({ open, onOpenChange, className, label, children }: ModalProps) => {
  // Read while rendering: fields with autoFocus have the focus before any effect runs.
  const before = useRef<{ open: boolean; element: HTMLElement | null }>({ open: false, element: null });
  if (open !== before.current.open) before.current = { open, element: open ? focusHolder() : before.current.element };
  return (
    <Radix.Root open={open} onOpenChange={onOpenChange} modal={false}>
      <Radix.Portal container={overlays()}>
        <div className={styles.scrim} />
        <Radix.Content
          className={classes(styles.modal, className)}
          data-plane="float"
          aria-modal="true"
          aria-describedby={undefined}
          // A field with autoFocus has the focus by now; otherwise the dialog itself takes it, not its first button.
          onCloseAutoFocus={(event) => {
            event.preventDefault();
            before.current.element?.focus();
          }}
          onOpenAutoFocus={(event) => {
            event.preventDefault();
            const content = event.currentTarget as HTMLElement;
            if (!content.contains(document.activeElement)) content.focus();
          }}
        >
          {label && <Radix.Title className="sr">{label}</Radix.Title>}
          <Inert />
          {children}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
};

const Inert = () => {
  useEffect(() => {
    setInert(1);
    return () => setInert(-1);
  }, []);
  return null;
};
