import styles from './Progress.module.css';

/** `value` 0..1; null when the end is not known. */
export const Progress = ({ value, label }: { value: number | null; label: string }) => (
  <div
    className={styles.track}
    role="progressbar"
    aria-label={label}
    aria-valuemin={0}
    aria-valuemax={100}
    aria-valuenow={value === null ? undefined : Math.round(value * 100)}
  >
    <div className={value === null ? styles.unknown : styles.bar} style={value === null ? undefined : { transform: `scaleX(${value})` }} />
  </div>
);
