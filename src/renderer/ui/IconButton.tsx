import { classes } from '@renderer/lib/classes';
import { ariaShortcut, type Shortcut } from '@renderer/lib/shortcuts';
import type { LucideIcon } from 'lucide-react';
import type { ComponentProps } from 'react';
import styles from './IconButton.module.css';
import { Tooltip, type TooltipProps } from './Tooltip';

export interface IconButtonProps extends Omit<ComponentProps<'button'>, 'children'> {
  icon: LucideIcon;
  /** Accessible name and tooltip. */
  label: string;
  shortcut?: Shortcut;
  pressed?: boolean;
  /** `main` is the send button. */
  variant?: 'default' | 'main';
  side?: TooltipProps['side'];
  iconSize?: number;
  /** Fills the shape, as for the stop square. */
  filled?: boolean;
}

export const IconButton = ({
  icon: Icon,
  label,
  shortcut,
  pressed,
  variant = 'default',
  side,
  iconSize = 16,
  filled,
  className,
  ...rest
}: IconButtonProps) => (
  <Tooltip label={label} shortcut={shortcut} side={side}>
    <button
      type="button"
      aria-label={label}
      aria-pressed={pressed}
      aria-keyshortcuts={shortcut && ariaShortcut(shortcut)}
      className={classes(styles.button, variant === 'main' && styles.main, className)}
      {...rest}
    >
      <Icon size={iconSize} aria-hidden fill={filled ? 'currentColor' : 'none'} />
    </button>
  </Tooltip>
);
