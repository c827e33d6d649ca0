import './ui/tokens.css';
import './ui/base.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app/App';
import { followChanges } from './app/changeFeed';
import { connect } from './app/connect';
import { startTexts } from './app/i18n';
import { createQueryClient } from './app/queryClient';
import { currentPath, sectionAt } from './app/routes';
import { startTheme } from './app/theme';
import { withholdInputMethodKeys } from './lib/inputMethod';

startTheme();
withholdInputMethodKeys();
const engine = connect();
const queries = createQueryClient();
void followChanges(engine, queries, new AbortController().signal);
// The page most often opened first loads at the same time as the texts, not after them.
if (sectionAt(currentPath()) === 'chat') void import('./features/chat');
await startTexts();

const root = document.getElementById('root');
if (!root) throw new Error('index.html has no #root');
createRoot(root).render(
  <StrictMode>
    <App engine={engine} queries={queries} />
  </StrictMode>,
);
