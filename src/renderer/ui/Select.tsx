import { classes } from '@renderer/lib/classes';
import { Check, ChevronDown } from 'lucide-react';
import { Select as Radix } from 'radix-ui';
import { useFieldProps } from './Field';
import menu from './Menu.module.css';
import styles from './Select.module.css';

export interface SelectOption<Value extends string> {
  value: Value;
  label: string;
  /** A muted word beside the label. */
  note?: string;
  disabled?: boolean;
}

export interface SelectProps<Value extends string> {
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

export const Select = <Value extends string>({
  value,
  options,
  onChange,
  label,
  placeholder,
  disabled,
  size = 'm',
  className,
}: SelectProps<Value>) => (
  <Radix.Root value={value ?? ''} onValueChange={(next) => onChange(next as Value)} disabled={disabled}>
    <Radix.Trigger {...useFieldProps()} aria-label={label} className={classes(styles.trigger, size === 's' && styles.small, className)}>
      <span className="clip grow">
        <Radix.Value placeholder={placeholder} />
      </span>
      <Radix.Icon asChild>
        <ChevronDown size={14} aria-hidden />
      </Radix.Icon>
    </Radix.Trigger>
    <Radix.Portal>
      <Radix.Content className={classes(menu.menu, styles.content)} position="popper" sideOffset={4} collisionPadding={8}>
        <Radix.Viewport>
          {options.map((option) => (
            <Radix.Item key={option.value} value={option.value} disabled={option.disabled} className={menu.item}>
              <Radix.ItemText>{option.label}</Radix.ItemText>
              {option.note && <span className={menu.note}>{option.note}</span>}
              <span className={menu.check}>
                <Radix.ItemIndicator>
                  <Check size={14} aria-hidden />
                </Radix.ItemIndicator>
              </span>
            </Radix.Item>
          ))}
        </Radix.Viewport>
      </Radix.Content>
    </Radix.Portal>
  </Radix.Root>
);
