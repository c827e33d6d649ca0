import type { Settings } from '@shared/model';

const remembered = 'emergence.theme';
const dark = window.matchMedia('(prefers-color-scheme: dark)');
let choice: Settings['appearance']['theme'] = 'system';

const show = (): void => {
  document.documentElement.dataset.theme = choice === 'system' ? (dark.matches ? 'dark' : 'light') : choice;
};

export const setTheme = (theme: Settings['appearance']['theme']): void => {
  choice = theme;
  localStorage.setItem(remembered, theme);
  window.desktop?.setTheme(theme);
  show();
};

/** Before the first frame, with the theme last used here, so that nothing flashes. The setting follows. */
export const startTheme = (): void => {
  const last = localStorage.getItem(remembered);
  if (last === 'light' || last === 'dark') choice = last;
  dark.addEventListener('change', show);
  show();
};
