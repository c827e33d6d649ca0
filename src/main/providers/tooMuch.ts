import { EmergenceError } from '@shared/model';

/** The provider sent more than a limit allows; `what` names the limit. */
export const tooMuch = (what: 'line' | 'structure' | 'stream' | 'answer' | 'thinking'): EmergenceError =>
  new EmergenceError('provider.too_much', { reason: what });
