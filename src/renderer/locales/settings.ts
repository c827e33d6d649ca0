import { addTexts } from './addTexts';
import en from './en/settings.json';
import fr from './fr/settings.json';

addTexts('settings', { en, fr });
