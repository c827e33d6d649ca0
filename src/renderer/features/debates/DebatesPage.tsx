import { useParamsOf } from '@renderer/base/routes';
import { DebateSetup } from './DebateSetup';
import { DebateView } from './DebateView';

/** The page of the section: a debate that runs or ran, at one of its contributions, or the set-up of a new one. */
export const DebatesPage = () => {
  const shown = useParamsOf('debate');
  return shown ? <DebateView key={shown.id} id={shown.id} jumpTo={shown.messageId ?? null} /> : <DebateSetup />;
};
