import { Toaster } from '@renderer/ui/Toaster';
import { TooltipProvider } from '@renderer/ui/Tooltip';
import { QueryClientProvider } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { Redirect, Route, Router, Switch } from 'wouter';
import { useHashLocation } from 'wouter/use-hash-location';
import { Commands } from './Commands';
import { ConnectionNotice } from './ConnectionNotice';
import { followChanges } from './changeFeed';
import { type Engine, EngineContext } from './client';
import { DropOverlay } from './DropOverlay';
import { ErrorBoundary } from './ErrorBoundary';
import { ExternalLinkDialog } from './ExternalLinkDialog';
import { paths } from './paths';
import { createQueryClient } from './queryClient';
import { Shell } from './Shell';
import { StatusLine } from './StatusLine';
import { useAppliedSettings } from './useAppliedSettings';

export const App = ({ engine }: { engine: Engine }) => {
  const [queries] = useState(createQueryClient);
  useEffect(() => {
    const end = new AbortController();
    void followChanges(engine, queries, end.signal);
    return () => end.abort();
  }, [engine, queries]);
  return (
    <EngineContext value={engine}>
      <QueryClientProvider client={queries}>
        <TooltipProvider>
          <Router hook={useHashLocation}>
            <ErrorBoundary>
              <Window />
            </ErrorBoundary>
          </Router>
          <DropOverlay />
          <ExternalLinkDialog />
          <ConnectionNotice />
          <Toaster />
        </TooltipProvider>
      </QueryClientProvider>
    </EngineContext>
  );
};

const Window = () => {
  useAppliedSettings();
  return (
    <>
      <Commands />
      <Switch>
        <Route path="/">
          <Redirect to={paths.chat()} replace />
        </Route>
        <Route>
          <Shell footer={<StatusLine />} />
        </Route>
      </Switch>
    </>
  );
};
