import { useFormat } from '@renderer/lib/useFormat';
import { IconButton } from '@renderer/ui/IconButton';
import { ZoomIn, ZoomOut } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import styles from './viewer.module.css';

/** Multiples of the fitted width. */
const steps = [1, 1.25, 1.5, 2, 3, 4, 6];

/** Buttons for larger and smaller; 1 is fitted to the width. */
export const ZoomControls = ({ zoom, onZoom }: { zoom: number; onZoom: (zoom: number) => void }) => {
  const { t } = useTranslation('evidence');
  const format = useFormat();
  // A passage is opened at any size, also between the steps.
  const smaller = steps.findLast((step) => step < zoom - 0.01);
  const larger = steps.find((step) => step > zoom + 0.01);
  const go = (next: number | undefined): void => {
    if (next !== undefined) onZoom(next);
  };
  return (
    <fieldset className={styles.zoom} aria-label={t('zoom')}>
      <IconButton icon={ZoomOut} label={t('zoomOut')} side="top" aria-disabled={smaller === undefined} onClick={() => go(smaller)} />
      <span className="num" role="status">
        {format.percent(zoom)}
      </span>
      <IconButton icon={ZoomIn} label={t('zoomIn')} side="top" aria-disabled={larger === undefined} onClick={() => go(larger)} />
    </fieldset>
  );
};
