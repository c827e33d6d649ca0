import { addTexts } from './addTexts';
import en from './en/debates.json';
import fr from './fr/debates.json';

addTexts('debates', { en, fr });
