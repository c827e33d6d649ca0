import { Popover as Radix, HoverCard as RadixHover } from 'radix-ui';
import { type ReactElement, type ReactNode, useRef, useState } from 'react';
import { overlays } from './overlays';
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
    <Radix.Portal container={overlays()}>
      <Radix.Content className={styles.card} aria-label={label} align={align} side={side} sideOffset={6} collisionPadding={8}>
        {children}
      </Radix.Content>
    </Radix.Portal>
  </Radix.Root>
);

/** Opens on hover and on keyboard focus; only for what can also be had otherwise. A click has its own meaning and closes it. */
export const HoverCard = ({ trigger, children }: Pick<PopoverProps, 'trigger' | 'children'>) => {
  const [open, setOpen] = useState(false);
  // A click also gives the focus, which would open the card a moment later.
  const clicked = useRef(false);
  const forget = (): void => {
    clicked.current = false;
  };
  return (
    <RadixHover.Root open={open} onOpenChange={(next) => setOpen(next && !clicked.current)} openDelay={250} closeDelay={120}>
      <RadixHover.Trigger
        asChild
        onClick={() => {
          clicked.current = true;
          setOpen(false);
        }}
        onPointerEnter={forget}
        onBlur={forget}
      >
        {trigger}
      </RadixHover.Trigger>
      <RadixHover.Portal container={overlays()}>
        <RadixHover.Content className={styles.card} side="bottom" align="center" sideOffset={6} collisionPadding={12}>
          {children}
        </RadixHover.Content>
      </RadixHover.Portal>
    </RadixHover.Root>
  );
};
