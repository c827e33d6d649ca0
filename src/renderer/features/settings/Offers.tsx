import { useClient } from '@renderer/base/client';
import { useFormat } from '@renderer/lib/useFormat';
import { Button } from '@renderer/ui/Button';
import { useAttempt } from '@renderer/ui/useAttempt';
import type { LocalOffer } from '@shared/model';
import { HardDrive } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import styles from './settings.module.css';

const namedModels = 4;

/** Model servers found on this machine, which are used once the person agrees. */
export const Offers = ({ offers }: { offers: readonly LocalOffer[] }) => {
  const { t } = useTranslation('settings');
  return (
    <ul className={styles.cards} aria-label={t('providers.offers')}>
      {offers.map((offer) => (
        <li key={offer.baseUrl}>
          <Offer offer={offer} />
        </li>
      ))}
    </ul>
  );
};

const Offer = ({ offer: { baseUrl, name, models, proven } }: { offer: LocalOffer }) => {
  const { t } = useTranslation('settings');
  const client = useClient();
  const format = useFormat();
  const attempt = useAttempt();
  const [busy, setBusy] = useState(false);
  const answer = async (send: () => Promise<unknown>): Promise<void> => {
    setBusy(true);
    await attempt(send);
    setBusy(false);
  };
  const shown = [...models.slice(0, namedModels), ...(models.length > namedModels ? ['…'] : [])];
  return (
    <div className={styles.card}>
      <div className={styles.top}>
        <HardDrive size={16} aria-hidden />
        <b className="grow clip">{t(proven ? 'providers.offerAsk' : 'providers.offerUnknown', { name })}</b>
        <span className={styles.tail}>
          <Button size="s" variant="main" disabled={busy} onClick={() => void answer(() => client.providers.acceptOffer({ baseUrl }))}>
            {t('providers.offerUse')}
          </Button>
          <Button size="s" variant="quiet" disabled={busy} onClick={() => void answer(() => client.providers.declineOffer({ baseUrl }))}>
            {t('providers.offerNot')}
          </Button>
        </span>
      </div>
      <p className={styles.cardNote}>
        {!proven && `${t('providers.offerUnknownNote')} `}
        {shown.length > 0 && `${t('providers.offerModels', { names: format.list(shown) })}. `}
        {t('providers.offerNothingSent')}
      </p>
    </div>
  );
};
