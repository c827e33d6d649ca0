import { useRoute } from 'wouter';
import { DebateSetup } from './DebateSetup';
import { DebateView } from './DebateView';

/**
 * `/debates` is the set-up of a new debate, `/debates/<id>` one that runs or ran, `/debates/<id>/<message>` one of its
 * contributions.
 */
export const DebatesPage = () => {
  const [, route] = useRoute<{ id: string; messageId?: string }>('/debates/:id/:messageId?');
  return route ? <DebateView key={route.id} id={route.id} jumpTo={route.messageId ?? null} /> : <DebateSetup />;
};
