import { useWebPageQuestion } from '@renderer/base/webPageQuestion';
import { lazy, Suspense, useEffect, useState } from 'react';

const WebPageDialog = lazy(async () => ({ default: (await import('@renderer/features/library')).WebPageDialog }));

/** The question about a page of the web, from anywhere in the window; its code is loaded with the first one. */
export const WebPageQuestion = () => {
  const asked = useWebPageQuestion(({ question }) => question !== null);
  const [used, setUsed] = useState(false);
  useEffect(() => {
    if (asked) setUsed(true);
  }, [asked]);
  return used ? (
    <Suspense>
      <WebPageDialog />
    </Suspense>
  ) : null;
};
