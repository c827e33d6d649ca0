/** Part of React's own file, so that React runs while the browser still reads the rest of the window (`electron.vite.config.ts`). */
import 'react';
import 'react-dom/client';
import 'react/jsx-runtime';
