import { Kbd } from '@renderer/ui/Kbd';
import { Command } from 'cmdk';
import type { LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import styles from './Palette.module.css';

interface PaletteItemProps {
  id: string;
  icon: LucideIcon;
  /** Muted, after the words. */
  why?: ReactNode;
  shortcut?: string;
  onSelect: () => void;
  children: ReactNode;
}

/** One line of the palette. */
export const PaletteItem = ({ id, icon: Icon, why, shortcut, onSelect, children }: PaletteItemProps) => (
  <Command.Item value={id} onSelect={onSelect} className={styles.item}>
    <Icon size={16} aria-hidden />
    <span className={`clip ${styles.words}`}>{children}</span>
    <span className={`clip ${styles.why}`}>{why}</span>
    {shortcut ? <Kbd keys={shortcut} /> : <Kbd keys="Enter" className={styles.enter} />}
  </Command.Item>
);
