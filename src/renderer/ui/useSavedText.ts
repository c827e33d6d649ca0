import { type ComponentProps, useState } from 'react';

export interface SavedText {
  /** For the input. */
  field: Required<Pick<ComponentProps<'input'>, 'value' | 'onChange' | 'onBlur' | 'onKeyDown'>>;
  /** What was typed cannot be saved, and waits to be corrected. */
  refused: boolean;
}

/**
 * A field that is saved when it is left or by Enter, and shows what was typed until it is stored; Escape takes it back.
 * `save` returns what it waits for, `'refused'` for what must be corrected, nothing where the stored text comes back.
 */
export const useSavedText = (stored: string, save: (text: string) => Promise<unknown> | 'refused' | undefined): SavedText => {
  const [text, setText] = useState<string | null>(null);
  const [refused, setRefused] = useState(false);
  const change = (next: string | null): void => {
    setText(next);
    setRefused(false);
  };
  const commit = async (): Promise<void> => {
    if (text === null) return;
    const saving = text === stored ? undefined : save(text);
    setRefused(saving === 'refused');
    if (saving === 'refused') return;
    await saving;
    // Typed on meanwhile: that is newer.
    setText((now) => (now === text ? null : now));
  };
  return {
    field: {
      value: text ?? stored,
      onChange: (event) => change(event.target.value),
      onBlur: () => void commit(),
      onKeyDown: (event) => {
        if (event.key === 'Enter') void commit();
        if (event.key === 'Escape' && text !== null) {
          event.stopPropagation();
          change(null);
        }
      },
    },
    refused,
  };
};
