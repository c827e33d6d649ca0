import { modelName } from '@renderer/lib/modelName';
import { parseNumber } from '@renderer/lib/parseNumber';
import { useFormat } from '@renderer/lib/useFormat';
import { IconButton } from '@renderer/ui/IconButton';
import { useSavedText } from '@renderer/ui/useSavedText';
import type { ModelInfo } from '@shared/model';
import { X } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import styles from './models.module.css';
import { formatPrice } from './prices';

const prices = ['priceInput', 'priceCached', 'priceOutput'] as const;
type PriceName = (typeof prices)[number];

interface ModelRowProps {
  model: ModelInfo;
  onChange: (patch: Partial<ModelInfo>) => Promise<boolean>;
  onRemove: () => void;
}

export const ModelRow = ({ model, onChange, onRemove }: ModelRowProps) => {
  const { t } = useTranslation('settings');
  const format = useFormat();
  return (
    <tr data-model={model.id}>
      <td title={model.id}>
        <span className="clip">{modelName(model.name)}</span>
      </td>
      {prices.map((price) => (
        <td key={price}>
          <PriceField model={model} price={price} onChange={onChange} />
        </td>
      ))}
      <td>{model.contextTokens === null ? '–' : format.compact(model.contextTokens)}</td>
      <td>
        <IconButton
          icon={X}
          iconSize={14}
          className={styles.remove}
          label={t('providers.removeModelNamed', { model: model.name })}
          onClick={onRemove}
        />
      </td>
    </tr>
  );
};

const PriceField = ({ model, price, onChange }: Pick<ModelRowProps, 'model' | 'onChange'> & { price: PriceName }) => {
  const { t } = useTranslation('settings');
  const format = useFormat();
  const { field, refused } = useSavedText(formatPrice(model[price], format.locale) ?? '', (text) => {
    const value = parseNumber(text);
    if (value === undefined) return 'refused';
    if (value === model[price]) return undefined;
    return onChange({ [price]: value, pricedAt: new Date().toISOString().slice(0, 10) });
  });
  const when = model.pricedAt ? t('providers.pricedAt', { date: format.date(Date.parse(model.pricedAt)) }) : undefined;
  return (
    <input
      className={styles.price}
      inputMode="decimal"
      aria-label={t('providers.priceOf', { what: t(`providers.${price}`), model: model.name })}
      aria-invalid={refused || undefined}
      title={refused ? t('providers.priceInvalid') : when}
      placeholder="–"
      {...field}
    />
  );
};
