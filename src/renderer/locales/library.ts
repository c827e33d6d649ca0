import { addTexts } from './addTexts';
import en from './en/library.json';
import fr from './fr/library.json';

addTexts('library', { en, fr });
