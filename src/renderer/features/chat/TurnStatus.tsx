import { modelName } from '@renderer/lib/modelName';
import { useFormat } from '@renderer/lib/useFormat';
import { Progress } from '@renderer/ui/Progress';
import { useTranslation } from 'react-i18next';
import styles from './Message.module.css';
import type { LiveTurn } from './turnReducer';

/** The present step of the turn, in one line, until the text comes. */
export const TurnStatus = ({ turn }: { turn: LiveTurn }) => {
  const { t } = useTranslation('chat');
  const format = useFormat();
  const words = (): string => {
    const status = turn.status;
    if (!status) return t('status.starting');
    if (status.type === 'retrieved')
      return status.passages === 0 ? t('status.noPassages') : t('status.passages', { count: status.passages });
    if (status.retryInMs !== undefined) return t('status.retrying', { time: format.duration(status.retryInMs) });
    switch (status.step) {
      case 'searching':
        return status.documents === undefined ? t('status.searchingLibrary') : t('status.searching', { count: status.documents });
      case 'reading':
        return t('status.reading', { part: status.part ?? 1, parts: status.parts ?? 1 });
      case 'connecting':
        return status.provider ? t('status.connecting', { provider: status.provider }) : t('status.connectingPlain');
      case 'waiting':
        return status.model ? t('status.waiting', { model: modelName(status.model) }) : t('status.waitingPlain');
      case 'writing':
        return t('status.writing');
    }
  };
  const said = words();
  const status = turn.status?.type === 'status' && turn.status.step === 'reading' ? turn.status : null;
  return (
    <>
      <p className={styles.status} role="status">
        {said}
      </p>
      {status && <Progress value={((status.part ?? 1) - 1) / (status.parts ?? 1)} label={said} />}
    </>
  );
};
