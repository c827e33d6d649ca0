import { addTexts } from './addTexts';
import en from './en/metrics.json';
import fr from './fr/metrics.json';

addTexts('metrics', { en, fr });
