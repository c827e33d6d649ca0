import type { Message } from '@shared/model';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';

/**
 * Announces once to screen readers how an answer ended; its text is not read out while it comes, and an error has an announcement
 * of its own.
 */
export const Announcement = ({ running, ended }: { running: boolean; ended: Message['state'] | null }) => {
  const { t } = useTranslation('chat');
  const [said, setSaid] = useState<Message['state'] | null>(null);
  useEffect(() => {
    if (running) setSaid(null);
    else if (ended) setSaid(ended);
  }, [running, ended]);
  return (
    <p className="sr" role="status">
      {said === 'complete' ? t('answerComplete') : said === 'stopped' ? t('state.stopped') : ''}
    </p>
  );
};
