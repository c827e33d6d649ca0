import { goTo } from '@renderer/base/routes';
import { Button } from '@renderer/ui/Button';
import { EmptyState } from '@renderer/ui/EmptyState';
import { Header } from '@renderer/ui/Header';
import { useTranslation } from 'react-i18next';

/** A conversation that was deleted, here or in another window, or never existed. */
export const GoneConversation = () => {
  const { t } = useTranslation('chat');
  return (
    <>
      <Header title={t('gone.title')} />
      <EmptyState action={<Button onClick={() => goTo('chat')}>{t('newChat')}</Button>}>{t('gone.text')}</EmptyState>
    </>
  );
};
