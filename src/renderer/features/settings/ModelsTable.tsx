import { useFormat } from '@renderer/lib/useFormat';
import { Button } from '@renderer/ui/Button';
import { IconButton } from '@renderer/ui/IconButton';
import type { ModelInfo } from '@shared/model';
import { Plus, X } from 'lucide-react';
import { type FormEvent, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { formatPrice, parseNumber } from './prices';
import styles from './settings.module.css';

export interface ModelsTableProps {
  models: readonly ModelInfo[];
  onChange: (models: ModelInfo[]) => void;
}

const prices = ['priceInput', 'priceCached', 'priceOutput'] as const;
/** A long list is folded: nobody reads 300 models. */
const shownAtFirst = 12;

/** The models of an account with their prices, which can be corrected; an empty price means that it is unknown. */
export const ModelsTable = ({ models, onChange }: ModelsTableProps) => {
  const { t } = useTranslation('settings');
  const format = useFormat();
  const [all, setAll] = useState(false);
  const [adding, setAdding] = useState(false);
  const add = useRef<HTMLButtonElement>(null);
  const shown = all ? models : models.slice(0, shownAtFirst);
  // Two changes may follow each other faster than the first is stored and read again: the second must hold the first.
  const latest = useRef(models);
  useEffect(() => {
    latest.current = models;
  }, [models]);
  const change = (next: ModelInfo[]): void => {
    latest.current = next;
    onChange(next);
  };

  const setPrice = (id: string, price: (typeof prices)[number], text: string): void => {
    const value = parseNumber(text);
    const model = latest.current.find((each) => each.id === id);
    if (!model || model[price] === value) return;
    const pricedAt = new Date().toISOString().slice(0, 10);
    change(latest.current.map((each) => (each.id === id ? { ...each, [price]: value, pricedAt } : each)));
  };
  const addModel = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const id = String(new FormData(event.currentTarget).get('id') ?? '').trim();
    setAdding(false);
    requestAnimationFrame(() => add.current?.focus());
    if (id === '' || latest.current.some((model) => model.id === id)) return;
    change([
      ...latest.current,
      { id, name: id, contextTokens: null, priceInput: null, priceOutput: null, priceCached: null, pricedAt: null },
    ]);
  };

  return (
    <div className={styles.set}>
      <span className={styles.setLabel}>{t('providers.modelsLabel')}</span>
      <div>
        {models.length === 0 ? (
          <p className="muted">{t('providers.noModels')}</p>
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
            <tbody>
              {shown.map((model) => (
                <tr key={model.id}>
                  <td title={model.id}>
                    <span className="clip">{model.name}</span>
                  </td>
                  {prices.map((price) => (
                    <td key={price}>
                      <input
                        key={model[price]}
                        className={styles.price}
                        inputMode="decimal"
                        aria-label={t('providers.priceOf', { what: t(`providers.${price}`), model: model.name })}
                        title={model.pricedAt ? t('providers.pricedAt', { date: format.date(Date.parse(model.pricedAt)) }) : undefined}
                        defaultValue={formatPrice(model[price], format.locale) ?? ''}
                        placeholder="–"
                        onBlur={(event) => setPrice(model.id, price, event.target.value)}
                        onKeyDown={(event) => event.key === 'Enter' && event.currentTarget.blur()}
                      />
                    </td>
                  ))}
                  <td>{model.contextTokens === null ? '–' : format.compact(model.contextTokens)}</td>
                  <td>
                    <IconButton
                      icon={X}
                      iconSize={14}
                      className={styles.removeModel}
                      label={t('providers.removeModelNamed', { model: model.name })}
                      onClick={() => change(latest.current.filter((each) => each.id !== model.id))}
                    />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
        <div className={styles.modelsFoot}>
          {models.length > shownAtFirst && (
            <Button size="s" variant="quiet" onClick={() => setAll(!all)}>
              {all ? t('providers.fewer') : t('providers.allModels', { count: models.length })}
            </Button>
          )}
          {adding ? (
            <form className={styles.addModel} onSubmit={addModel}>
              <input
                name="id"
                className="mono"
                aria-label={t('providers.modelId')}
                placeholder={t('providers.modelId')}
                ref={(element) => element?.focus()}
                onKeyDown={(event) => {
                  if (event.key !== 'Escape') return;
                  event.stopPropagation();
                  setAdding(false);
                  requestAnimationFrame(() => add.current?.focus());
                }}
              />
              <Button size="s" type="submit">
                {t('providers.addModelDo')}
              </Button>
            </form>
          ) : (
            <Button ref={add} size="s" variant="quiet" icon={Plus} onClick={() => setAdding(true)}>
              {t('providers.addModel')}
            </Button>
          )}
        </div>
      </div>
    </div>
  );
};
