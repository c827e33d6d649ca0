import { Popover as Radix, HoverCard as RadixHover } from 'radix-ui';
import type { ReactElement, ReactNode } from 'react';
import styles from './Popover.module.css';

export interface PopoverProps {
  trigger: ReactElement;
  children: ReactNode;
  /** Accessible name of what opens. */
  label: string;
  open?: boolean;
  onOpenChange?: (open: boolean) => void;
  align?: 'start' | 'center' | 'end';
  side?: 'top' | 'bottom' | 'left' | 'right';
}

export const Popover = ({ trigger, children, label, open, onOpenChange, align = 'start', side = 'bottom' }: PopoverProps) => (
  <Radix.Root open={open} onOpenChange={onOpenChange}>
    <Radix.Trigger asChild>{trigger}</Radix.Trigger>
    <Radix.Portal>
      <Radix.Content className={styles.card} aria-label={label} align={align} side={side} sideOffset={6} collisionPadding={8}>
        {children}
      </Radix.Content>
    </Radix.Portal>
  </Radix.Root>
);

/** Opens on hover and on keyboard focus; only for what can also be had otherwise. */
export const HoverCard = ({ trigger, children }: Pick<PopoverProps, 'trigger' | 'children'>) => (
  <RadixHover.Root openDelay={250} closeDelay={120}>
    <RadixHover.Trigger asChild>{trigger}</RadixHover.Trigger>
    <RadixHover.Portal>
      <RadixHover.Content className={styles.card} side="bottom" align="center" sideOffset={6} collisionPadding={12}>
        {children}
      </RadixHover.Content>
    </RadixHover.Portal>
  </RadixHover.Root>
);
