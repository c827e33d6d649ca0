import { useExternalLink } from '@renderer/lib/externalLink';
import { Button } from '@renderer/ui/Button';
import { Dialog } from '@renderer/ui/Dialog';
import { useTranslation } from 'react-i18next';
import styles from './ExternalLinkDialog.module.css';

const close = (): void => useExternalLink.setState({ url: null, differs: false });

/** Shows the target of a link before anything is opened. */
export const ExternalLinkDialog = () => {
  const { t } = useTranslation();
  const { url, differs } = useExternalLink();
  const open = (): void => {
    if (url && window.desktop) window.desktop.openLink(url);
    else if (url) window.open(url, '_blank', 'noopener,noreferrer');
    close();
  };
  return (
    <Dialog
      open={url !== null}
      onOpenChange={(next) => !next && close()}
      title={t('link.title')}
      description={
        <>
          {t('link.text')}
          <p className={styles.url}>{url}</p>
          {differs && <p className={styles.differs}>{t('link.differs')}</p>}
        </>
      }
      footer={
        <>
          <Button variant="quiet" onClick={close}>
            {t('actions.cancel')}
          </Button>
          <Button variant="main" autoFocus onClick={open}>
            {t('link.open')}
          </Button>
        </>
      }
    />
  );
};
