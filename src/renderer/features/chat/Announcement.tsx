import { useEffect, useReducer } from 'react';
import { useTranslation } from 'react-i18next';
import { noEnds, withTurns } from './announcedEnds';
import type { TurnHead } from './turnStore';

/**
 * Announces to screen readers how each answer ended; its text is not read out while it comes, and an error has an announcement of
 * its own.
 */
export const Announcement = ({ turns }: { turns: readonly Pick<TurnHead, 'turnId' | 'ended'>[] }) => {
  const { t } = useTranslation('chat');
  const [{ ends }, tell] = useReducer(withTurns, noEnds);
  useEffect(() => tell(turns), [turns]);
  const states = Object.values(ends);
  const complete = states.filter((state) => state === 'complete').length;
  const words = [complete > 0 && t('answerComplete', { count: complete }), states.includes('stopped') && t('state.stopped')];
  return (
    <p className="sr" role="status">
      {words.filter(Boolean).join(' ')}
    </p>
  );
};
