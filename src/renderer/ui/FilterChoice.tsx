import { Select, type SelectOption } from './Select';

interface FilterChoiceProps<Value extends string> {
  label: string;
  /** The words of the first option, which filters nothing. */
  any: string;
  value: Value | undefined;
  options: readonly SelectOption<Value>[];
  onChange: (value: Value | undefined) => void;
}

/** A small choice above a list, by which it is filtered. */
export const FilterChoice = <Value extends string>({ label, any, value, options, onChange }: FilterChoiceProps<Value>) => (
  <Select<Value | ''>
    size="s"
    label={label}
    value={value ?? ''}
    options={[{ value: '', label: any }, ...options]}
    onChange={(next) => onChange(next === '' ? undefined : next)}
  />
);
