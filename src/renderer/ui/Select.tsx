import { classes } from '@renderer/lib/classes';
import { useFieldProps } from './Field';
import styles from './Select.module.css';

export interface SelectOption<Value extends string> {
  value: Value;
  label: string;
  /** A word after the label. */
  note?: string;
  /** A tooltip, where the label is only a part of the name. */
  title?: string;
  disabled?: boolean;
}

export interface SelectProps<Value extends string> {
  /** Null shows the placeholder. */
  value: Value | null;
  options: readonly SelectOption<Value>[];
  onChange: (value: Value) => void;
  /** Accessible name where no `Field` is around it. */
  label?: string;
  placeholder?: string;
  disabled?: boolean;
  size?: 'm' | 's';
  className?: string;
}

const wordsOf = ({ label, note }: Pick<SelectOption<string>, 'label' | 'note'>): string => (note ? `${label} (${note})` : label);

/** The platform's own select, styled where the engine can style its list. */
export const Select = <Value extends string>({
  value,
  options,
  onChange,
  label,
  placeholder,
  disabled,
  size = 'm',
  className,
}: SelectProps<Value>) => {
  const chosen = options.find((option) => option.value === value);
  const shown = chosen ? wordsOf(chosen) : (placeholder ?? '');
  return (
    <select
      {...useFieldProps()}
      aria-label={label}
      className={classes(styles.select, size === 's' && styles.small, className)}
      value={value ?? ''}
      disabled={disabled}
      onChange={(event) => onChange(event.target.value as Value)}
    >
      {/* Without a button of its own a long choice would push the arrow out of sight. Engines without support for the button leave
          it out. */}
      <button type="button" className={styles.shown} title={chosen?.title ?? shown}>
        {shown}
      </button>
      {value === null && (
        <option value="" disabled hidden>
          {placeholder ?? ''}
        </option>
      )}
      {options.map((option) => (
        <option key={option.value} value={option.value} disabled={option.disabled} title={option.title}>
          {wordsOf(option)}
        </option>
      ))}
    </select>
  );
};
