import { hrefOf, type SectionId } from '@renderer/base/routes';
import { Tooltip } from '@renderer/ui/Tooltip';
import { useTranslation } from 'react-i18next';
import { useEntrances } from './lastPlaces';
import styles from './Rail.module.css';
import { sections } from './sections';

export const Rail = ({ current }: { current: SectionId | null }) => {
  const { t } = useTranslation();
  const entrance = useEntrances(current);
  return (
    <nav className={styles.rail} aria-label={t('sections.label')} data-plane="side">
      {sections.map((section) => {
        const { id, icon: Icon, shortcut } = section;
        return (
          <Tooltip key={id} label={t(`sections.${id}`)} shortcut={shortcut} side="right">
            <a
              href={hrefOf(entrance(section))}
              aria-label={t(`sections.${id}`)}
              aria-current={id === current ? 'page' : undefined}
              className={id === 'settings' ? `${styles.item} ${styles.last}` : styles.item}
            >
              <Icon size={18} strokeWidth={1.6} aria-hidden />
            </a>
          </Tooltip>
        );
      })}
    </nav>
  );
};
