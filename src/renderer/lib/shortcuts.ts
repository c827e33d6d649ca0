import { useEffect, useRef } from 'react';

const platform = typeof window === 'undefined' ? '' : (window.desktop?.platform ?? navigator.platform);
export const isMac = /mac|darwin/i.test(platform);

/** `mod` is Cmd on a Mac, Ctrl elsewhere. Written like `mod+shift+f`, `mod+,`, `?`, `Escape`. */
export type Shortcut = string;

const names: Record<string, [other: string, mac: string]> = {
  mod: ['Ctrl', '⌘'],
  shift: ['⇧', '⇧'],
  alt: ['Alt', '⌥'],
  escape: ['Esc', 'esc'],
  enter: ['↵', '↵'],
  delete: ['Del', '⌦'],
  arrowup: ['↑', '↑'],
  arrowdown: ['↓', '↓'],
  arrowleft: ['←', '←'],
  arrowright: ['→', '→'],
};

/** Keys whose name depends on the language. */
export type WordKeys = Record<'escape' | 'delete', string>;

/** The keys of a shortcut as they are printed on keyboards of a language. */
export const shortcutKeys = (shortcut: Shortcut, words: WordKeys): string[] =>
  shortcut.split('+').map((key) => {
    const id = key.toLowerCase();
    if (!isMac && (id === 'escape' || id === 'delete')) return words[id];
    return names[id]?.[isMac ? 1 : 0] ?? key.toUpperCase();
  });

/** For `aria-keyshortcuts`. */
export const ariaShortcut = (shortcut: Shortcut): string =>
  shortcut
    .split('+')
    .map((key) =>
      key === 'mod' ? (isMac ? 'Meta' : 'Control') : key.length > 1 ? key[0]?.toUpperCase() + key.slice(1) : key.toUpperCase(),
    )
    .join('+');

export const matchesShortcut = (event: KeyboardEvent, shortcut: Shortcut): boolean => {
  const parts = shortcut.toLowerCase().split('+');
  const key = parts[parts.length - 1];
  const mod = parts.includes('mod');
  // `?` and similar signs need Shift on most keyboards: for signs Shift is part of typing them.
  const letter = key !== undefined && (/^[a-z]$/.test(key) || key.length > 1);
  return (
    (isMac ? event.metaKey : event.ctrlKey) === mod &&
    event.altKey === parts.includes('alt') &&
    (!letter || event.shiftKey === parts.includes('shift')) &&
    (event.key.toLowerCase() === key || (/^\d$/.test(key ?? '') && event.code === `Digit${key}`))
  );
};

/** True when keys pressed or content pasted there go into a text. */
export const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName));

/** Runs `action` on the shortcut, anywhere in the window. Shortcuts without `mod` are ignored while the person types. */
export const useShortcut = (shortcut: Shortcut, action: (event: KeyboardEvent) => void, enabled = true): void => {
  const latest = useRef(action);
  latest.current = action;
  useEffect(() => {
    if (!enabled) return;
    const onKeyDown = (event: KeyboardEvent): void => {
      if (event.defaultPrevented || !matchesShortcut(event, shortcut)) return;
      if (!shortcut.includes('mod') && shortcut !== 'Escape' && isTyping(event.target)) return;
      event.preventDefault();
      latest.current(event);
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, [shortcut, enabled]);
};
