import { classes } from '@renderer/lib/classes';
import { useShortcut } from '@renderer/lib/shortcuts';
import { useMedia } from '@renderer/lib/useMedia';
import { type CSSProperties, type PointerEvent, type ReactNode, useCallback, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { LayoutContext } from './layoutContext';
import styles from './SplitLayout.module.css';
import { useFloatingList } from './useFloatingList';

export interface SplitLayoutProps {
  rail: ReactNode;
  list?: ReactNode;
  /** Names the list and the content. */
  listLabel: string;
  children: ReactNode;
  /** Absent when nothing is open. */
  panel?: ReactNode;
  panelLabel: string;
  listOpen: boolean;
  onListOpen: (open: boolean) => void;
  panelWidth: number;
  onPanelWidth: (width: number) => void;
}

const narrowest = 320;
const keyStep = 24;

/**
 * Rail, list, content, evidence panel. Under 1100 px the list lies over the content and closes on a choice or Escape; under 900 px
 * the panel covers the content.
 */
export const SplitLayout = ({
  rail,
  list,
  listLabel,
  children,
  panel,
  panelLabel,
  listOpen,
  onListOpen,
  panelWidth,
  onPanelWidth,
}: SplitLayoutProps) => {
  const { t } = useTranslation();
  const narrow = useMedia('(max-width: 1100px)');
  const [over, setOver] = useState(false);
  const hasList = Boolean(list);
  const shown = hasList && (narrow ? over : listOpen);
  const layout = useMemo(
    () => ({ hasList, listOpen: shown, toggleList: () => (narrow ? setOver((open) => !open) : onListOpen(!listOpen)) }),
    [hasList, shown, narrow, listOpen, onListOpen],
  );
  useShortcut('mod+b', layout.toggleList, hasList);
  const wide = (): number => Math.max(narrowest, Math.min(window.innerWidth - 560, 960));
  const start = useRef({ x: 0, width: 0 });
  const onPointerDown = (event: PointerEvent<HTMLHRElement>): void => {
    start.current = { x: event.clientX, width: panelWidth };
    event.currentTarget.setPointerCapture(event.pointerId);
  };
  const onPointerMove = (event: PointerEvent<HTMLHRElement>): void => {
    if (!event.currentTarget.hasPointerCapture(event.pointerId)) return;
    onPanelWidth(Math.max(narrowest, Math.min(wide(), start.current.width + start.current.x - event.clientX)));
  };

  const listRef = useRef<HTMLElement>(null);
  useFloatingList(
    listRef,
    narrow && over,
    useCallback(() => setOver(false), []),
  );

  return (
    <LayoutContext value={layout}>
      <div className={styles.app}>
        {rail}
        {shown && (
          <aside
            ref={listRef}
            className={classes(styles.list, narrow && styles.over)}
            aria-label={listLabel}
            data-plane="side"
            tabIndex={narrow ? -1 : undefined}
          >
            {list}
          </aside>
        )}
        <main className={styles.content} tabIndex={-1} aria-label={listLabel || undefined}>
          {children}
        </main>
        {panel && (
          <aside
            className={styles.panel}
            aria-label={panelLabel}
            style={{ '--panel': `${panelWidth}px` } as CSSProperties}
            data-plane="side"
          >
            <hr
              className={styles.handle}
              aria-orientation="vertical"
              aria-label={t('list.resize')}
              aria-valuenow={panelWidth}
              aria-valuemin={narrowest}
              aria-valuemax={wide()}
              tabIndex={0}
              onPointerDown={onPointerDown}
              onPointerMove={onPointerMove}
              onKeyDown={(event) => {
                if (event.key === 'ArrowLeft') onPanelWidth(Math.min(wide(), panelWidth + keyStep));
                if (event.key === 'ArrowRight') onPanelWidth(Math.max(narrowest, panelWidth - keyStep));
              }}
            />
            {panel}
          </aside>
        )}
      </div>
    </LayoutContext>
  );
};
