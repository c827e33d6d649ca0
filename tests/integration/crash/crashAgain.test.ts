import { it } from 'vitest';
import { isBuilt } from '../../support/program';
import { killAgainAndAgain } from './killedLives';

it.skipIf(!isBuilt)('loses nothing acknowledged when killed at 15 other moments (needs out/)', () => killAgainAndAgain(2_242), 600_000);
