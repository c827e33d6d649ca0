import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import styles from './TitleInput.module.css';

/** A title edited in place: Enter and leaving save it, Escape does not. */
export const TitleInput = ({ title, onDone }: { title: string; onDone: (title: string | null) => void }) => {
  const { t } = useTranslation('chat');
  const input = useRef<HTMLInputElement>(null);
  const finished = useRef(false);
  useEffect(() => {
    // Delayed until the menu that opened it has given the focus back.
    const timer = setTimeout(() => input.current?.select(), 30);
    return () => clearTimeout(timer);
  }, []);
  const finish = (keep: boolean): void => {
    if (finished.current) return;
    finished.current = true;
    const next = input.current?.value.trim() ?? '';
    onDone(keep && next && next !== title ? next : null);
  };
  return (
    <input
      ref={input}
      className={styles.input}
      dir="auto"
      defaultValue={title}
      aria-label={t('title')}
      maxLength={200}
      onBlur={() => document.hasFocus() && finish(true)}
      onKeyDown={(event) => {
        event.stopPropagation();
        if (event.key === 'Enter') finish(true);
        if (event.key === 'Escape') finish(false);
      }}
    />
  );
};
