import { tellsOfSelf } from '@main/text/asking';
import { readTimeQuestion } from '../time/readTimeQuestion';
import { askedAbout } from './askedAbout';

/** True for a text that asks about the person or their past, or that only tells something of them. English and French. */
export const isOfPerson = (text: string, clock: { now: number; zone: string }): boolean =>
  askedAbout(text) !== null || tellsOfSelf(text) || readTimeQuestion(text, clock).temporal;
