import { useApi, useClient } from '@renderer/base/client';
import { goTo } from '@renderer/base/routes';
import { useAgents } from '@renderer/base/useAgents';
import { useAnswering } from '@renderer/base/useAnswering';
import { collectionTree } from '@renderer/lib/collectionTree';
import { modelChoices, modelFromKey, modelKey, withChosen } from '@renderer/lib/modelChoices';
import { modelName, wholeModelName } from '@renderer/lib/modelName';
import { useFormat } from '@renderer/lib/useFormat';
import { useTitle } from '@renderer/lib/useTitle';
import { AgentMark } from '@renderer/ui/AgentMark';
import { Button } from '@renderer/ui/Button';
import { ErrorState } from '@renderer/ui/ErrorState';
import { Field, TextArea, TextInput } from '@renderer/ui/Field';
import { Header } from '@renderer/ui/Header';
import { IconButton } from '@renderer/ui/IconButton';
import { Menu, MenuCheck } from '@renderer/ui/Menu';
import { PlaceMark } from '@renderer/ui/PlaceMark';
import { Segmented } from '@renderer/ui/Segmented';
import { Select } from '@renderer/ui/Select';
import { AwaitedWords } from '@renderer/ui/Skeleton';
import { Switch } from '@renderer/ui/Switch';
import { type DebateSeat, newId, type ProviderAccount } from '@shared/model';
import { useMutation, useQuery } from '@tanstack/react-query';
import { ChevronDown, Plus, X } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import styles from './DebateSetup.module.css';
import { clearTopic, newSeat, seatParts, useSetup } from './setupStore';

const ownModel = 'own';
const roundChoices = ['1', '2', '3', '4', '5'] as const;

/** All settings of a new debate on one page. */
export const DebateSetup = () => {
  const { t } = useTranslation('debates');
  const api = useApi();
  const client = useClient();
  const config = useSetup();
  const accounts = useQuery(api.providers.list.queryOptions());
  useTitle(t('new'));
  const collections = useQuery(api.library.collections.queryOptions()).data;
  // The same id for every try: a debate that began although its answer was lost is not begun twice.
  const [id, setId] = useState(newId);
  const start = useMutation({
    mutationFn: () => {
      const collectionIds = config.collectionIds.filter((each) => collections?.some((collection) => collection.id === each) ?? true);
      return client.debates.start({ id, config: { ...config, collectionIds } });
    },
    onSuccess: () => {
      setId(newId());
      clearTopic();
      goTo('debate', { id });
    },
  });
  const usable = accounts.data?.filter(({ enabled }) => enabled) ?? [];
  const without = accounts.isSuccess && usable.length === 0;
  const tooShort = config.topic.trim().length < 3;
  const change = (index: number, patch: Partial<DebateSeat>): void => {
    useSetup.setState(({ debaters }) => ({ debaters: debaters.map((seat, at) => (at === index ? { ...seat, ...patch } : seat)) }));
  };

  return (
    <>
      <Header title={t('new')} />
      <div className={styles.scroll}>
        <form
          className={styles.sheet}
          onSubmit={(event) => {
            event.preventDefault();
            if (!tooShort && !without) start.mutate();
          }}
        >
          <p className={styles.lead}>{t('setup.lead')}</p>
          {without && (
            <div className={styles.notice}>
              <span className="grow">{t('setup.noModel')}</span>
              <Button size="s" onClick={() => goTo('settings', { page: 'providers' })}>
                {t('setup.addProvider')}
              </Button>
            </div>
          )}
          <Field label={t('setup.topic')}>
            <TextArea
              className={styles.topic}
              rows={2}
              value={config.topic}
              maxLength={4000}
              placeholder={t('setup.topicPlaceholder')}
              onChange={(event) => useSetup.setState({ topic: event.target.value })}
            />
          </Field>
          <fieldset className={styles.group}>
            <legend>{t('setup.debaters')}</legend>
            {config.debaters.map((seat, index) => (
              <SeatRow
                // biome-ignore lint/suspicious/noArrayIndexKey: a seat is identified by its position
                key={index}
                seat={seat}
                accounts={usable}
                onChange={(patch) => change(index, patch)}
                onRemove={index === 2 ? () => useSetup.setState(({ debaters }) => ({ debaters: debaters.slice(0, 2) })) : undefined}
              />
            ))}
            {config.debaters.length < seatParts.length && (
              <Button
                size="s"
                variant="quiet"
                icon={Plus}
                className={styles.add}
                onClick={() => useSetup.setState(({ debaters }) => ({ debaters: [...debaters, newSeat(debaters.length)] }))}
              >
                {t('setup.addDebater')}
              </Button>
            )}
          </fieldset>
          <fieldset className={styles.group}>
            <legend>{t('setup.mediator')}</legend>
            <SeatRow
              seat={config.mediator}
              accounts={usable}
              onChange={(patch) => useSetup.setState(({ mediator }) => ({ mediator: { ...mediator, ...patch } }))}
            />
          </fieldset>
          <div className={styles.options}>
            <Field label={t('setup.rounds')} hint={t('setup.roundsHint')}>
              <Segmented
                value={String(config.rounds) as (typeof roundChoices)[number]}
                options={roundChoices.map((value) => ({ value, label: value }))}
                onChange={(value) => useSetup.setState({ rounds: Number(value) })}
                label={t('setup.rounds')}
              />
            </Field>
            <Field label={t('setup.documents')} hint={t('setup.documentsHint')}>
              <div className={styles.documents}>
                <Switch
                  checked={config.documents}
                  onChange={(documents) => useSetup.setState({ documents })}
                  label={t('setup.documents')}
                />
                {config.documents && <CollectionChoice />}
              </div>
            </Field>
          </div>
          {start.isError && <ErrorState error={start.error} onRetry={() => start.mutate()} />}
          <div className={styles.foot}>
            <Button type="submit" variant="main" disabled={tooShort || without || start.isPending}>
              {t('setup.start')}
            </Button>
            {tooShort && config.topic !== '' && <span className="muted">{t('setup.short')}</span>}
          </div>
        </form>
      </div>
    </>
  );
};

interface SeatRowProps {
  seat: DebateSeat;
  accounts: readonly ProviderAccount[];
  onChange: (patch: Partial<DebateSeat>) => void;
  onRemove?: () => void;
}

const SeatRow = ({ seat, accounts, onChange, onRemove }: SeatRowProps) => {
  const { t } = useTranslation('debates');
  const { agents, speakerOf } = useAgents();
  const part = t(`setup.${seat.part}`);
  const documents = useSetup((state) => state.documents);
  const answering = useAnswering({ model: seat.model, agentId: seat.agentId, documents });
  return (
    <div className={styles.seated}>
      <div className={styles.seat}>
        <AgentMark {...speakerOf(seat.agentId)} size="m" />
        <Select
          className={styles.agent}
          label={`${part}, ${t('setup.agent')}`}
          value={seat.agentId}
          options={agents.map(({ id, name }) => ({ value: id, label: name }))}
          onChange={(agentId) => onChange({ agentId })}
        />
        {seat.part !== 'mediator' && (
          <TextInput
            className="grow"
            value={seat.side}
            maxLength={500}
            aria-label={`${part}, ${t('setup.side')}`}
            placeholder={`${part}. ${t('setup.sideAttacker')}`}
            onChange={(event) => onChange({ side: event.target.value })}
          />
        )}
        <Select
          className={styles.model}
          label={`${part}, ${t('setup.model')}`}
          value={seat.model ? modelKey(seat.model) : ownModel}
          options={[{ value: ownModel, label: t('setup.ownModel') }, ...withChosen(modelChoices(accounts), seat.model, t('setup.gone'))]}
          onChange={(key) => onChange({ model: modelFromKey(key) })}
        />
        {onRemove && <IconButton icon={X} label={t('setup.removeDebater')} onClick={onRemove} />}
      </div>
      {answering === undefined ? (
        <p className={styles.answering}>
          <AwaitedWords />
        </p>
      ) : (
        answering.model && (
          <p className={styles.answering}>
            <span className="clip" title={wholeModelName(answering.model.name)}>
              {`${answering.model.provider} · ${modelName(answering.model.name)}`}
            </span>
            <PlaceMark answering={answering} />
          </p>
        )
      )}
    </div>
  );
};

const CollectionChoice = () => {
  const { t } = useTranslation('debates');
  const format = useFormat();
  const api = useApi();
  const { data: collections = [] } = useQuery(api.library.collections.queryOptions());
  const chosen = useSetup((state) => state.collectionIds).filter((id) => collections.some((collection) => collection.id === id));
  if (collections.length === 0) return null;
  return (
    <Menu
      trigger={
        <Button size="s">
          {chosen.length === 0 ? t('setup.allCollections') : t('setup.chosen', { count: chosen.length })}
          <ChevronDown size={14} aria-hidden />
        </Button>
      }
    >
      <MenuCheck checked={chosen.length === 0} keepOpen onChange={() => useSetup.setState({ collectionIds: [] })}>
        {t('setup.allCollections')}
      </MenuCheck>
      {collectionTree(collections).map(({ collection: { id, name, documents }, depth }) => (
        <MenuCheck
          key={id}
          keepOpen
          checked={chosen.includes(id)}
          note={format.integer(documents)}
          onChange={(checked) => useSetup.setState({ collectionIds: checked ? [...chosen, id] : chosen.filter((other) => other !== id) })}
        >
          <span style={{ paddingLeft: depth * 14 }}>{name}</span>
        </MenuCheck>
      ))}
    </Menu>
  );
};
