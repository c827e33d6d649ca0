import { classes } from '@renderer/lib/classes';
import type { LucideIcon } from 'lucide-react';
import type { ComponentProps } from 'react';
import styles from './Button.module.css';

export interface ButtonProps extends ComponentProps<'button'> {
  /** At most one `main` button on a page. */
  variant?: 'default' | 'main' | 'quiet' | 'danger';
  size?: 'm' | 's';
  icon?: LucideIcon;
}

export const Button = ({ variant = 'default', size = 'm', icon: Icon, className, children, ...rest }: ButtonProps) => (
  <button
    type="button"
    className={classes(styles.button, variant !== 'default' && styles[variant], size === 's' && styles.small, className)}
    {...rest}
  >
    {Icon && <Icon size={16} aria-hidden />}
    {children}
  </button>
);
