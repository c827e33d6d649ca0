import './app/react';
import './ui/tokens.css';
import './ui/base.css';
import { currentPath, hrefTo, placeAt, routes } from '@renderer/base/routes';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app/App';
import { followChanges } from './app/changeFeed';
import { connect } from './app/connect';
import { startTexts } from './app/i18n';
import { createQueryClient } from './app/queryClient';
import { preloadSection } from './app/sections';
import { startTheme } from './app/theme';
import { afterFrame } from './lib/afterFrame';
import { withholdInputMethodKeys } from './lib/inputMethod';
import { lazyMarkdown } from './ui/markdown/lazyMarkdown';

/** A failure is not reported here: it is shown where the answer would be, which tries again. */
const loadMarkdown = (): Promise<void> => lazyMarkdown.preload().catch(() => {});

const start = async (): Promise<void> => {
  startTheme();
  startTexts();
  withholdInputMethodKeys();
  const engine = connect();
  const queries = createQueryClient();
  void followChanges(engine, queries, new AbortController().signal);
  // A page that cannot be loaded shows its error in its place.
  const place = placeAt(currentPath());
  // Without a path a new chat is shown. Named here: to be sent there by the first render costs a second one before anything shows.
  if (place?.name === 'chat' && location.hash !== hrefTo('chat')) history.replaceState(null, '', hrefTo('chat'));
  const firstPage = preloadSection(place && routes[place.name].section).catch(() => {});
  const showsAnswers = place?.name === 'conversation' || place?.name === 'debate';
  await Promise.all([firstPage, showsAnswers && loadMarkdown()]);
  const root = document.getElementById('root');
  if (!root) throw new Error('index.html has no #root');
  createRoot(root).render(
    <StrictMode>
      <App engine={engine} queries={queries} />
    </StrictMode>,
  );
  // Long before the first answer can come, and after what the person waits for.
  if (!showsAnswers) afterFrame(() => void loadMarkdown());
};
// Not awaited at the top level: the chunk of the page imports that of this module, which would wait for itself. And not called
// there: for a request that is made while a file runs, a browser with a debugger reads the whole file again.
queueMicrotask(() => void start());
