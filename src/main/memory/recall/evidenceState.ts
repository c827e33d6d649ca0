import type { RecallAnswer } from '@main/processes/search/api';
import type { RecallState } from '@shared/model';

/** The limits between the states; see docs/decisions/0017-recall.md. */
const limits = { found: 0.46, weak: 0.24 };

/** How sure it is that the talks hold an answer, 0..1. */
export const evidenceOf = ({ share, cosine, isInPeriod }: RecallAnswer['evidence']): number =>
  share * 0.5 + Math.max(0, cosine) * 0.5 + (isInPeriod ? 0.15 : 0);

/**
 * Says whether the past holds an answer: `nothing` where no turn has the words or the meaning of the question. Where the question asks
 * of one speaker, only that speaker's words count (`evidence.share`). `sure` is from `evidenceOf`.
 */
export const stateOf = (sure: number): RecallState => (sure >= limits.found ? 'found' : sure >= limits.weak ? 'weak' : 'nothing');
