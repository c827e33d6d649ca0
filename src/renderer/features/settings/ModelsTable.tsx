import { useFormat } from '@renderer/lib/useFormat';
import { Button } from '@renderer/ui/Button';
import { toast } from '@renderer/ui/toast';
import type { ModelInfo, ProviderAccount } from '@shared/model';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { AddModel } from './AddModel';
import { ModelRow } from './ModelRow';
import styles from './models.module.css';

export interface ModelsTableProps {
  models: readonly ModelInfo[];
  /** The words in place of the table where there are no models. */
  none: string;
  /** The models of the provider's list that do not chat. */
  apart: ProviderAccount['apart'];
  /** Changes the present list of models. */
  onChange: (change: (now: readonly ModelInfo[]) => ModelInfo[]) => Promise<boolean>;
}

/** A long list is folded: nobody reads 300 models. */
const shownAtFirst = 12;
const namedApart = 6;

/** The models of an account with their prices, which can be corrected; an empty price means that it is unknown. */
export const ModelsTable = ({ models, none, apart, onChange }: ModelsTableProps) => {
  const { t } = useTranslation('settings');
  const { t: common } = useTranslation();
  const format = useFormat();
  const [all, setAll] = useState(false);
  const table = useRef<HTMLTableSectionElement>(null);
  const foot = useRef<HTMLDivElement>(null);
  const shown = all ? models : models.slice(0, shownAtFirst);

  /** The index of the model that is being removed. */
  const leaving = useRef<number | null>(null);
  // The next row takes its place, and the focus.
  // biome-ignore lint/correctness/useExhaustiveDependencies: runs when the models change
  useEffect(() => {
    const index = leaving.current;
    leaving.current = null;
    if (index === null || document.activeElement !== document.body) return;
    const left = table.current?.querySelectorAll<HTMLElement>('button') ?? [];
    (left[Math.min(index, left.length - 1)] ?? foot.current?.querySelector<HTMLElement>('button'))?.focus();
  }, [models]);

  const remove = (model: ModelInfo, index: number): void => {
    leaving.current = index;
    void onChange((now) => now.filter((each) => each.id !== model.id));
    toast({
      message: t('providers.modelRemoved', { model: model.name }),
      action: {
        label: common('actions.undo'),
        returnTo: `[data-model="${CSS.escape(model.id)}"] button`,
        onAction: () => onChange((now) => (now.some((each) => each.id === model.id) ? [...now] : now.toSpliced(index, 0, model))),
      },
    });
  };

  return (
    <div className={styles.set}>
      <span className={styles.setLabel}>{t('providers.modelsLabel')}</span>
      <div>
        {models.length === 0 ? (
          <p className="muted">{none}</p>
        ) : (
          <table className={styles.models}>
            <thead>
              <tr>
                <th scope="col">{t('providers.perMillion')}</th>
                <th scope="col">{t('providers.priceInput')}</th>
                <th scope="col">{t('providers.priceCached')}</th>
                <th scope="col">{t('providers.priceOutput')}</th>
                <th scope="col">{t('providers.window')}</th>
                <th scope="col">
                  <span className="sr">{t('providers.removeModel')}</span>
                </th>
              </tr>
            </thead>
            <tbody ref={table}>
              {shown.map((model, index) => (
                <ModelRow
                  key={model.id}
                  model={model}
                  onChange={(patch) => onChange((now) => now.map((each) => (each.id === model.id ? { ...each, ...patch } : each)))}
                  onRemove={() => remove(model, index)}
                />
              ))}
            </tbody>
          </table>
        )}
        {apart.length > 0 && (
          <p className={styles.apart}>
            {t('providers.apart', {
              count: apart.length,
              names: format.list([...apart.slice(0, namedApart).map(({ id }) => id), ...(apart.length > namedApart ? ['…'] : [])]),
            })}
          </p>
        )}
        <div ref={foot} className={styles.foot}>
          {models.length > shownAtFirst && (
            <Button size="s" variant="quiet" onClick={() => setAll(!all)}>
              {all ? t('providers.fewer') : t('providers.allModels', { count: models.length })}
            </Button>
          )}
          <AddModel
            onAdd={(model) => {
              if (models.length >= shownAtFirst) setAll(true);
              void onChange((now) => (now.some((each) => each.id === model.id) ? [...now] : [...now, model]));
            }}
          />
        </div>
      </div>
    </div>
  );
};
