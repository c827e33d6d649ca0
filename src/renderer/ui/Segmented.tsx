import { RadioGroup } from 'radix-ui';
import { useFieldProps } from './Field';
import styles from './Segmented.module.css';

export interface SegmentedProps<Value extends string> {
  value: Value;
  options: readonly { value: Value; label: string }[];
  onChange: (value: Value) => void;
  label?: string;
}

/** A choice of one of a few values, all visible. */
export const Segmented = <Value extends string>({ value, options, onChange, label }: SegmentedProps<Value>) => (
  <RadioGroup.Root
    {...useFieldProps()}
    className={styles.group}
    value={value}
    onValueChange={(next) => onChange(next as Value)}
    aria-label={label}
    orientation="horizontal"
  >
    {options.map((option) => (
      <RadioGroup.Item key={option.value} value={option.value} className={styles.item}>
        {option.label}
      </RadioGroup.Item>
    ))}
  </RadioGroup.Root>
);
