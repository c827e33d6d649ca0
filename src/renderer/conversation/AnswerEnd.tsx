import { modelFromKey } from '@renderer/lib/modelChoices';
import { Button } from '@renderer/ui/Button';
import { ErrorState } from '@renderer/ui/ErrorState';
import { Menu, MenuChoice } from '@renderer/ui/Menu';
import type { Message, ModelRef } from '@shared/model';
import { ChevronDown } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import styles from './Answer.module.css';
import { useBusy } from './busy';
import { useModels } from './useModels';

interface AnswerEndProps {
  message: Message;
  onContinue: () => void;
  /** Answers again, with another model where one is given. */
  onRegenerate: (model?: ModelRef) => void;
}

/** The reason why an answer broke off, and the one action against it. */
export const AnswerEnd = (props: AnswerEndProps) => (isBroken(props.message) ? <BrokenEnd {...props} /> : null);

const isBroken = ({ state }: Message): boolean => state === 'stopped' || state === 'interrupted' || state === 'failed';

const BrokenEnd = ({ message, onContinue, onRegenerate }: AnswerEndProps) => {
  const { t } = useTranslation(['chat', 'errors']);
  const busy = useBusy();
  const again = (words: string) => (
    <Button size="s" disabled={busy} onClick={() => onRegenerate()}>
      {words}
    </Button>
  );
  // The parts of a document that were read are kept, also where nothing is written yet.
  const isReading = message.info?.asked?.whole?.state === 'reading';
  const continueButton =
    message.text || isReading ? (
      <Button size="s" disabled={busy} onClick={onContinue}>
        {t('actions.continue')}
      </Button>
    ) : (
      again(t('actions.regenerate'))
    );
  if (message.state === 'stopped' || message.state === 'interrupted') {
    return (
      <div className={styles.broken}>
        <span className="grow">{t(message.text ? `state.${message.state}` : isReading ? 'state.reading' : 'state.empty')}</span>
        {continueButton}
      </div>
    );
  }
  const retry = again(t('errors:actions.retry'));
  return (
    <div className={styles.failed}>
      <ErrorState
        error={message.error}
        actions={{
          continue: continueButton,
          choose_model: <OtherModel otherwise={retry} onChoose={onRegenerate} />,
          retry: isReading ? continueButton : retry,
          wait: isReading ? continueButton : retry,
          free_disk_space: retry,
          none: retry,
        }}
      >
        {message.text ? t('errors:kept') : undefined}
      </ErrorState>
    </div>
  );
};

/** Answers with the chosen model; shows `otherwise` where there is no other. */
const OtherModel = ({ otherwise, onChoose }: { otherwise: React.ReactNode; onChoose: (model: ModelRef) => void }) => {
  const { t } = useTranslation(['chat', 'errors']);
  const models = useModels();
  const busy = useBusy();
  if (models.length < 2) return otherwise;
  return (
    <Menu
      align="end"
      trigger={
        <Button size="s" disabled={busy}>
          {t('errors:actions.choose_model')}
          <ChevronDown size={14} aria-hidden />
        </Button>
      }
    >
      <MenuChoice
        label={t('composer.model')}
        value={null}
        options={models}
        onChange={(key) => {
          const model = modelFromKey(key);
          if (model) onChoose(model);
        }}
      />
    </Menu>
  );
};
