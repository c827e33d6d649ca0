import { useFormat } from '@renderer/lib/useFormat';
import { IconButton } from '@renderer/ui/IconButton';
import { ZoomIn, ZoomOut } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import styles from './viewer.module.css';

/** Times the fitted width. */
const steps = [1, 1.25, 1.5, 2, 3];

/** Larger and smaller; 1 is fitted to the width. */
export const ZoomControls = ({ zoom, onZoom }: { zoom: number; onZoom: (zoom: number) => void }) => {
  const { t } = useTranslation('evidence');
  const format = useFormat();
  const index = Math.max(0, steps.indexOf(zoom));
  const go = (to: number): void => {
    const next = steps[to];
    if (next !== undefined) onZoom(next);
  };
  return (
    <fieldset className={styles.zoom} aria-label={t('zoom')}>
      <IconButton icon={ZoomOut} label={t('zoomOut')} side="top" aria-disabled={index === 0} onClick={() => go(index - 1)} />
      <span className="num" role="status">
        {format.percent(zoom)}
      </span>
      <IconButton icon={ZoomIn} label={t('zoomIn')} side="top" aria-disabled={index === steps.length - 1} onClick={() => go(index + 1)} />
    </fieldset>
  );
};
