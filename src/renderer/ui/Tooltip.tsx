import type { Shortcut } from '@renderer/lib/shortcuts';
import { Tooltip as Radix } from 'radix-ui';
import type { ReactElement } from 'react';
import { Kbd } from './Kbd';
import styles from './Tooltip.module.css';

export const TooltipProvider = ({ children }: { children: React.ReactNode }) => (
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

export const Tooltip = ({ label, shortcut, side = 'bottom', children }: TooltipProps) => (
  <Radix.Root>
    <Radix.Trigger asChild>{children}</Radix.Trigger>
    <Radix.Portal>
      <Radix.Content className={styles.tip} side={side} sideOffset={6} collisionPadding={8}>
        {label}
        {shortcut && <Kbd keys={shortcut} joined />}
      </Radix.Content>
    </Radix.Portal>
  </Radix.Root>
);
