import { useLayoutEffect, useRef, useState } from 'react';
import type { renderFormula } from './formulas';
import styles from './Markdown.module.css';

type Render = typeof renderFormula;
let render: Render | null = null;

/** The function that renders formulas, once its chunk is loaded: the program starts without it. */
const useRender = (): Render | null => {
  const [ready, setReady] = useState<Render | null>(() => render);
  useLayoutEffect(() => {
    if (ready) return;
    void import('./formulas').then((module) => {
      render = module.renderFormula;
      setReady(() => module.renderFormula);
    });
  }, [ready]);
  return ready;
};

export interface FormulaProps {
  value?: string;
  /** The formula as it was written, with its signs: shown until it is rendered, and where that fails. */
  source?: string;
  display?: boolean;
  unfinished?: boolean;
}

/** A formula. */
export const Formula = ({ value = '', source = value, display = false, unfinished = false }: FormulaProps) => {
  const set = useRender();
  const place = useRef<HTMLSpanElement>(null);
  const [failed, setFailed] = useState(false);
  const wanted = set !== null && !unfinished;
  useLayoutEffect(() => {
    if (wanted && place.current) setFailed(!set(value, place.current, display));
  }, [wanted, set, value, display]);
  return (
    <span
      className={display ? styles.display : styles.formula}
      dir="ltr"
      data-failed={failed || !wanted || undefined}
      {...(display ? { tabIndex: 0 } : {})}
    >
      {wanted && <span ref={place} hidden={failed} />}
      {(failed || !wanted) && <code>{source}</code>}
    </span>
  );
};
