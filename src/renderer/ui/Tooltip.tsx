import type { Shortcut } from '@renderer/lib/shortcuts';
import { Tooltip as Radix } from 'radix-ui';
import { type ReactElement, type ReactNode, useEffect, useState } from 'react';
import { flushSync } from 'react-dom';
import { Kbd } from './Kbd';
import { overlays } from './overlays';
import styles from './Tooltip.module.css';

export const TooltipProvider = ({ children }: { children: ReactNode }) => (
  <Radix.Provider delayDuration={450} skipDelayDuration={200}>
    {children}
  </Radix.Provider>
);

export interface TooltipProps {
  label: string;
  shortcut?: Shortcut;
  side?: 'top' | 'right' | 'bottom' | 'left';
  /** One element that takes a ref; it carries its own accessible name. */
  children: ReactElement;
}

export const Tooltip = ({ label, shortcut, side = 'bottom', children }: TooltipProps) => {
  const [open, setOpen] = useState(false);
  useEffect(() => {
    if (!open) return;
    // Escape closes a tooltip but is not used up by it: the key is meant for the layer below. The tooltip must be gone before the
    // event reaches the document, where the topmost layer takes the key.
    const onKeyDown = (event: KeyboardEvent): void => {
      if (event.key === 'Escape') flushSync(() => setOpen(false));
    };
    window.addEventListener('keydown', onKeyDown, { capture: true });
    return () => window.removeEventListener('keydown', onKeyDown, { capture: true });
  }, [open]);
  return (
    <Radix.Root open={open} onOpenChange={setOpen}>
      <Radix.Trigger asChild>{children}</Radix.Trigger>
      <Radix.Portal container={overlays()}>
        <Radix.Content className={styles.tip} side={side} sideOffset={6} collisionPadding={8}>
          {label}
          {shortcut && <Kbd keys={shortcut} joined />}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
};
