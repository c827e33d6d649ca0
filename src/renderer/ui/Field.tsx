import { classes } from '@renderer/lib/classes';
import type { LucideIcon } from 'lucide-react';
import { type ComponentProps, createContext, type ReactNode, useContext, useId } from 'react';
import styles from './Field.module.css';

interface FieldIds {
  control: string;
  hint: string | undefined;
  invalid: boolean;
}
const FieldContext = createContext<FieldIds | null>(null);

/** Ids that tie a control to the label and hint of the `Field` around it. */
export const useFieldProps = (): { id?: string; 'aria-describedby'?: string; 'aria-invalid'?: true } => {
  const ids = useContext(FieldContext);
  return ids ? { id: ids.control, 'aria-describedby': ids.hint, 'aria-invalid': ids.invalid || undefined } : {};
};

export interface FieldProps {
  label: string;
  /** One line that explains the control. */
  hint?: ReactNode;
  error?: string | null;
  /** `row` puts the label on the left, as in settings. */
  layout?: 'stack' | 'row';
  children: ReactNode;
}

export const Field = ({ label, hint, error, layout = 'stack', children }: FieldProps) => {
  const id = useId();
  const note = error ?? hint;
  const ids: FieldIds = { control: `${id}c`, hint: note ? `${id}h` : undefined, invalid: Boolean(error) };
  return (
    <div className={classes(styles.field, layout === 'row' && styles.asRow)}>
      <label className={styles.label} htmlFor={ids.control}>
        {label}
      </label>
      <div className={styles.control}>
        <FieldContext value={ids}>{children}</FieldContext>
        {note && (
          <div id={ids.hint} className={classes(styles.hint, error && styles.error)}>
            {note}
          </div>
        )}
      </div>
    </div>
  );
};

export interface TextInputProps extends ComponentProps<'input'> {
  icon?: LucideIcon;
  /** Shown on the right inside the field: a shortcut, a clear button, a unit. */
  trailing?: ReactNode;
  /** `soft` has no border, as the search fields of lists. */
  variant?: 'default' | 'soft';
}

export const TextInput = ({ icon: Icon, trailing, variant = 'default', className, ...rest }: TextInputProps) => (
  <div className={classes(styles.box, variant === 'soft' && styles.soft, className)}>
    {Icon && <Icon size={16} aria-hidden />}
    <input {...useFieldProps()} className={styles.input} dir="auto" {...rest} />
    {trailing}
  </div>
);

export const TextArea = ({ className, ...rest }: ComponentProps<'textarea'>) => (
  <div className={classes(styles.box, styles.tall, className)}>
    <textarea {...useFieldProps()} className={styles.input} dir="auto" rows={3} {...rest} />
  </div>
);
