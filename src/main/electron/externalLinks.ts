import { BrowserWindow, dialog, shell } from 'electron';

const words = {
  en: { question: 'Open this address outside Emergence?', open: 'Open', cancel: 'Cancel' },
  fr: { question: 'Ouvrir cette adresse hors d’Emergence\u202f?', open: 'Ouvrir', cancel: 'Annuler' },
};
/** A mail may be begun with these fields; some mail programs would attach files if told to. */
const mailFields = new Set(['to', 'cc', 'bcc', 'subject', 'body']);
const longestShown = 600;

/** The address in its plain form; null for a scheme that could start other programs than a browser or a mail program. */
const openable = (address: string): string | null => {
  const url = URL.parse(address);
  if (!url) return null;
  if (url.protocol === 'http:' || url.protocol === 'https:') return url.href;
  if (url.protocol !== 'mailto:') return null;
  const fields = url.search
    .slice(1)
    .split('&')
    .filter((field) => mailFields.has((field.split('=')[0] ?? '').toLowerCase()));
  return `mailto:${url.pathname}${fields.length > 0 ? `?${fields.join('&')}` : ''}`;
};

/** Opens a link after the person has agreed. */
export const openExternal = (address: string): void => {
  const url = openable(address);
  if (url) shell.openExternal(url).catch((error: unknown) => console.warn('A link could not be opened in a browser:', error));
};

/** One question at a time: a page that requests many windows gets one. */
let asking = false;

/** Asks before opening anything outside, for links without the window's own question. */
export const askToOpenExternal = async (address: string, language: 'en' | 'fr'): Promise<void> => {
  const url = openable(address);
  if (!url || asking) return;
  asking = true;
  try {
    const say = words[language];
    const question = {
      type: 'question' as const,
      message: say.question,
      detail: url.length > longestShown ? `${url.slice(0, longestShown)}…` : url,
      buttons: [say.cancel, say.open],
      defaultId: 0,
      cancelId: 0,
      noLink: true,
    };
    const window = BrowserWindow.getFocusedWindow() ?? BrowserWindow.getAllWindows()[0];
    const { response } = await (window ? dialog.showMessageBox(window, question) : dialog.showMessageBox(question));
    if (response === 1) openExternal(url);
  } catch (error) {
    console.warn('The question about a link could not be shown:', error);
  } finally {
    asking = false;
  }
};
