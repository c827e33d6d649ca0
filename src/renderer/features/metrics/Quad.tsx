import type { MetricsOf } from '@shared/model';
import type { ReactNode } from 'react';
import styles from './metrics.module.css';
import type { Figures } from './useFigures';

/** The data behind each of the four questions. */
export interface QuadProps {
  overview: MetricsOf<'overview'>;
  figures: Figures;
  /** The period in words: "in 24 h". */
  period: string;
  bucketMs: number;
}

/** A question, its answer in large type, and its parts. */
export const Quad = ({
  question,
  href,
  keys,
  answer,
  children,
}: {
  question: string;
  href: string;
  keys?: ReactNode;
  answer: ReactNode;
  children: ReactNode;
}) => (
  <section className={styles.quad} aria-label={question}>
    <div className={styles.question}>
      <a href={href}>{question}</a>
      {keys}
    </div>
    <div className={styles.answer}>{answer}</div>
    {children}
  </section>
);
