import type { Answering } from '@shared/model';
import { Cloud, HardDrive } from 'lucide-react';
import { useTranslation } from 'react-i18next';

/** Shows with an icon and words if a question stays on this machine. */
export const PlaceMark = ({ answering, className }: { answering: Answering; className?: string }) => {
  const { t } = useTranslation();
  const { model, mayLeave, searchLeaves } = answering;
  const local = !searchLeaves && (model === null || model.local);
  const words =
    searchLeaves && model?.local !== false ? t('searchGoesOut') : !local ? t('goesOut') : mayLeave ? t('mayGoOut') : t('staysHere');
  const Icon = local ? HardDrive : Cloud;
  return (
    <>
      <Icon size={14} aria-hidden />
      <span className={className} title={t(local ? 'staysHereHint' : 'goesOutHint')}>
        {words}
      </span>
    </>
  );
};
