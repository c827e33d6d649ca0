import { Folder } from 'lucide-react';
import { type CSSProperties, useEffect, useRef } from 'react';
import styles from './LibraryList.module.css';

interface NameInputProps {
  label: string;
  initial: string;
  /** How deep the collection lies, 0 at the top. */
  depth: number;
  /** Null when editing was cancelled. Called once. */
  onDone: (name: string | null) => void;
}

/** The name of a collection edited in place: Enter and leaving save it, Escape does not. */
export const NameInput = ({ label, initial, depth, onDone }: NameInputProps) => {
  const input = useRef<HTMLInputElement>(null);
  const done = useRef(false);
  const returned = useRef(false);
  const finish = (name: string | null): void => {
    if (done.current) return;
    done.current = true;
    onDone(name?.trim() ? name.trim() : null);
  };
  useEffect(() => {
    // Delayed until the menu that led here has given its focus back.
    const frame = requestAnimationFrame(() => input.current?.select());
    const timer = setTimeout(() => input.current?.focus(), 30);
    return () => {
      cancelAnimationFrame(frame);
      clearTimeout(timer);
    };
  }, []);
  return (
    <div className={styles.naming} style={{ '--depth': depth } as CSSProperties}>
      <Folder size={16} aria-hidden />
      <input
        ref={input}
        aria-label={label}
        placeholder={label}
        defaultValue={initial}
        maxLength={120}
        onBlur={(event) => {
          // The menu that led here gives the focus back to its button, which still stands beside a new name.
          if (!returned.current && event.relatedTarget?.getAttribute('aria-haspopup') === 'menu' && event.currentTarget.value === initial) {
            returned.current = true;
            event.currentTarget.focus();
          } else if (document.hasFocus()) finish(event.currentTarget.value);
        }}
        onKeyDown={(event) => {
          if (event.key === 'Enter') finish(event.currentTarget.value);
          else if (event.key === 'Escape') finish(null);
          else return;
          event.preventDefault();
          event.stopPropagation();
        }}
      />
    </div>
  );
};
