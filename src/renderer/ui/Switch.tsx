import { Switch as Radix } from 'radix-ui';
import { useFieldProps } from './Field';
import styles from './Switch.module.css';

export interface SwitchProps {
  checked: boolean;
  onChange: (checked: boolean) => void;
  /** Accessible name where no `Field` is around it. */
  label?: string;
  disabled?: boolean;
}

export const Switch = ({ checked, onChange, label, disabled }: SwitchProps) => (
  <Radix.Root
    {...useFieldProps()}
    className={styles.switch}
    checked={checked}
    onCheckedChange={onChange}
    disabled={disabled}
    aria-label={label}
  >
    <Radix.Thumb className={styles.thumb} />
  </Radix.Root>
);
