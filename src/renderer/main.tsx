import './ui/tokens.css';
import './ui/base.css';
import { currentPath, sectionAt } from '@renderer/base/routes';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app/App';
import { followChanges } from './app/changeFeed';
import { connect } from './app/connect';
import { startTexts } from './app/i18n';
import { createQueryClient } from './app/queryClient';
import { preloadSection } from './app/sections';
import { startTheme } from './app/theme';
import { withholdInputMethodKeys } from './lib/inputMethod';

startTheme();
withholdInputMethodKeys();
const engine = connect();
const queries = createQueryClient();
void followChanges(engine, queries, new AbortController().signal);
/** Not awaited at the top level: the chunk of the page imports that of this module, which would wait for itself. */
const show = async (): Promise<void> => {
  // A page that cannot be loaded shows its error in its place.
  const firstPage = preloadSection(sectionAt(currentPath())).catch(() => {});
  await Promise.all([startTexts(), firstPage]);
  const root = document.getElementById('root');
  if (!root) throw new Error('index.html has no #root');
  createRoot(root).render(
    <StrictMode>
      <App engine={engine} queries={queries} />
    </StrictMode>,
  );
};
void show();
