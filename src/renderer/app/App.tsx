import { type Engine, EngineContext } from '@renderer/base/client';
import { goTo, pathTo } from '@renderer/base/routes';
import { ErrorPlaces } from '@renderer/ui/ErrorState';
import { Toaster } from '@renderer/ui/Toaster';
import { TooltipProvider } from '@renderer/ui/Tooltip';
import { type QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { useEffect } from 'react';
import { Redirect, Route, Router, Switch } from 'wouter';
import { useHashLocation } from 'wouter/use-hash-location';
import { Commands } from './Commands';
import { ConnectionNotice } from './ConnectionNotice';
import { DamageNotice } from './DamageNotice';
import { DropOverlay } from './DropOverlay';
import { DropSummaries } from './DropSummaries';
import { ErrorBoundary } from './ErrorBoundary';
import { ExternalLinkDialog } from './ExternalLinkDialog';
import { keepFocus } from './keepFocus';
import { Shell } from './Shell';
import { StatusLine } from './StatusLine';
import { useAppliedSettings } from './useAppliedSettings';
import { WebPageQuestion } from './WebPageQuestion';

const openProviders = (): void => goTo('settings', { page: 'providers' });
const errorPlaces = { open_provider_settings: openProviders, add_provider: openProviders, open_library: () => goTo('library') };

export const App = ({ engine, queries }: { engine: Engine; queries: QueryClient }) => (
  <EngineContext value={engine}>
    <ErrorPlaces value={errorPlaces}>
      <QueryClientProvider client={queries}>
        <TooltipProvider>
          <Router hook={useHashLocation}>
            <ErrorBoundary>
              <Window />
            </ErrorBoundary>
          </Router>
          <DropOverlay />
          <WebPageQuestion />
          <ExternalLinkDialog />
          <ConnectionNotice />
          <DamageNotice />
          <Toaster />
        </TooltipProvider>
      </QueryClientProvider>
    </ErrorPlaces>
  </EngineContext>
);

const Window = () => {
  useAppliedSettings();
  useEffect(keepFocus, []);
  return (
    <>
      <Commands />
      <Switch>
        <Route path="/">
          <Redirect to={pathTo('chat')} replace />
        </Route>
        <Route>
          <Shell footer={<StatusLine />} />
          <DropSummaries />
        </Route>
      </Switch>
    </>
  );
};
