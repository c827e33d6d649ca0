import { HoverCard as Radix } from 'radix-ui';
import { type ReactElement, type ReactNode, useRef, useState } from 'react';
import styles from './HoverCard.module.css';
import { overlays } from './overlays';

export interface HoverCardProps {
  /** One element that takes a ref. */
  trigger: ReactElement;
  children: ReactNode;
}

/**
 * Opens on hover and on keyboard focus; only for content that is also available elsewhere. A click has its own meaning and closes
 * it.
 */
export const HoverCard = ({ trigger, children }: HoverCardProps) => {
  const [open, setOpen] = useState(false);
  // A click also gives the focus, which would open the card a moment later.
  const clicked = useRef(false);
  const forget = (): void => {
    clicked.current = false;
  };
  return (
    <Radix.Root open={open} onOpenChange={(next) => setOpen(next && !clicked.current)} openDelay={250} closeDelay={120}>
      <Radix.Trigger
        asChild
        onClick={() => {
          clicked.current = true;
          setOpen(false);
        }}
        onPointerEnter={forget}
        onBlur={forget}
      >
        {trigger}
      </Radix.Trigger>
      <Radix.Portal container={overlays()}>
        <Radix.Content className={styles.card} side="bottom" align="center" sideOffset={6} collisionPadding={12}>
          {children}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
};
