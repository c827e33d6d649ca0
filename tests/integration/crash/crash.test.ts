import { it } from 'vitest';
import { isBuilt } from '../../support/program';
import { killAgainAndAgain } from './killedLives';

it.skipIf(!isBuilt)('loses nothing acknowledged when killed at 15 random moments (needs out/)', () => killAgainAndAgain(1_121), 600_000);
