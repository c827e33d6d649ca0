import { type ComponentProps, useState } from 'react';

export interface SavedText {
  /** For the input. */
  field: Required<Pick<ComponentProps<'input'>, 'value' | 'onChange' | 'onBlur' | 'onKeyDown'>>;
  /** True when the typed text cannot be saved and must be corrected. */
  refused: boolean;
}

/**
 * A field that is saved when it loses the focus or by Enter, and shows the typed text until it is stored; Escape restores the
 * stored text. `save` returns the promise to await, `'refused'` for text that must be corrected, or undefined to restore the stored
 * text.
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
    // The person has typed more meanwhile: that text is newer.
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
