import type { Agent, AgentMark as Mark } from '@shared/model';
import styles from './AgentMark.module.css';

const shapes: Record<Mark, React.ReactNode> = {
  disc: <circle cx="5" cy="5" r="3.6" />,
  diamond: <path d="M5 .4 9.6 5 5 9.6.4 5z" />,
  rings: (
    <g fill="none" stroke="currentColor" strokeWidth="1.2">
      <circle cx="3.6" cy="5" r="2.6" />
      <circle cx="6.4" cy="5" r="2.6" />
    </g>
  ),
};

/** Agents differ by shape, not by colour; one without a shape shows its initial. */
export const AgentMark = ({ mark, name, size = 's' }: Pick<Agent, 'mark' | 'name'> & { size?: 's' | 'm' }) => (
  <span className={styles.mark} data-size={size} aria-hidden>
    {mark ? (
      <svg viewBox="0 0 10 10" aria-hidden="true">
        {shapes[mark]}
      </svg>
    ) : (
      [...name][0]?.toLocaleUpperCase()
    )}
  </span>
);
