import { classes } from '@renderer/lib/classes';
import type { LucideIcon } from 'lucide-react';
import type { ComponentProps, ReactNode } from 'react';
import styles from './ListItem.module.css';

/** The look of the list columns: `styles.scroll`, `styles.group`, `styles.item`, `styles.end`, `styles.foot`, `styles.empty`. */
export { styles as listStyles };

export interface ListLinkProps extends ComponentProps<'a'> {
  icon?: LucideIcon;
  current?: boolean;
  /** On the right: a time, a count, a dot. */
  end?: ReactNode;
}

/** One row of a list column, as a link. */
export const ListLink = ({ icon: Icon, current, end, className, children, ...rest }: ListLinkProps) => (
  <a className={classes(styles.item, className)} aria-current={current ? 'page' : undefined} {...rest}>
    {Icon && <Icon size={16} aria-hidden />}
    <span className="clip grow" dir="auto">
      {children}
    </span>
    {end !== undefined && end !== null && <span className={styles.end}>{end}</span>}
  </a>
);

export const ListGroup = ({ children }: { children: ReactNode }) => <h3 className={styles.group}>{children}</h3>;
