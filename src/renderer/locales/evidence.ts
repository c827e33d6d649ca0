import { addTexts } from './addTexts';
import en from './en/evidence.json';
import fr from './fr/evidence.json';

addTexts('evidence', { en, fr });
