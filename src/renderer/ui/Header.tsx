import { PanelLeft } from 'lucide-react';
import { type ReactNode, useContext } from 'react';
import { useTranslation } from 'react-i18next';
import styles from './Header.module.css';
import { IconButton } from './IconButton';
import { LayoutContext } from './layoutContext';

export interface HeaderProps {
  /** The page's title; a node where it can be edited in place. */
  title: ReactNode;
  /** Muted words after the title. */
  note?: ReactNode;
  /** Icon buttons on the right. */
  actions?: ReactNode;
  /** Content pages have a line below it and an `h1`; lists and panels an `h2`. */
  plane?: 'content' | 'side';
  line?: boolean;
}

/** The bar of 48 px at the top of every column. On the content it has a button that brings back the folded list. */
export const Header = ({ title, note, actions, plane = 'content', line = plane === 'content' }: HeaderProps) => {
  const { t } = useTranslation();
  const layout = useContext(LayoutContext);
  const Title = plane === 'content' ? 'h1' : 'h2';
  return (
    <header className={styles.bar} data-line={line || undefined} data-side={plane === 'side' || undefined}>
      {plane === 'content' && layout.hasList && !layout.listOpen && (
        <IconButton icon={PanelLeft} label={t('list.show')} shortcut="mod+b" onClick={layout.toggleList} className={styles.show} />
      )}
      <Title className={styles.title} dir="auto">
        {title}
      </Title>
      {note && <span className={styles.note}>{note}</span>}
      <span className="grow" />
      {actions}
    </header>
  );
};
