import styles from './AgentMark.module.css';

/** Agents differ by shape, not by colour; one made by the person gets its initial. */
const shapes: Record<string, React.ReactNode> = {
  anima: <circle cx="5" cy="5" r="3.6" />,
  neo: <path d="M5 .4 9.6 5 5 9.6.4 5z" />,
  nexus: (
    <g fill="none" stroke="currentColor" strokeWidth="1.2">
      <circle cx="3.6" cy="5" r="2.6" />
      <circle cx="6.4" cy="5" r="2.6" />
    </g>
  ),
};

export const AgentMark = ({ agentId, name, size = 's' }: { agentId: string; name: string; size?: 's' | 'm' }) => (
  <span className={styles.mark} data-size={size} aria-hidden>
    {shapes[agentId] ? (
      <svg viewBox="0 0 10 10" aria-hidden="true">
        {shapes[agentId]}
      </svg>
    ) : (
      [...name][0]?.toLocaleUpperCase()
    )}
  </span>
);
