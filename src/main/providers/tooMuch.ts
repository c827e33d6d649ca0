import { EmergenceError } from '@shared/model';

/** The provider sent more than a bound allows; `what` names the bound. */
export const tooMuch = (what: 'line' | 'structure' | 'stream' | 'answer' | 'thinking'): EmergenceError =>
  new EmergenceError('provider.too_much', { reason: what });
