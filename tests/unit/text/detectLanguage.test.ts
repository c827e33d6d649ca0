import { analysisLanguage, languageOfText, shownLanguage } from '@main/text/detectLanguage';
import { expect, it } from 'vitest';

const lease = {
  en: 'The tenant keeps the flat in good order and reports any damage at once. The rent is due on the third working day of each month.',
  fr: 'Le locataire tient le logement en bon état et signale les dégâts sans tarder. Le loyer est dû le troisième jour ouvré de chaque mois.',
  de: 'Der Mieter hält die Wohnung in gutem Zustand und zeigt Schäden sofort an. Die Miete ist bis zum dritten Werktag eines jeden Monats zu zahlen.',
  nl: 'De huurder moet de woning in goede staat houden en schade meteen melden. De huur is te betalen voor de derde werkdag van elke maand. Onderverhuur is niet toegestaan zonder toestemming van de eigenaar. Als er een dier in de woning is, moet dat op voorhand gevraagd zijn.',
  pt: 'O inquilino deve manter a casa em bom estado e comunicar os danos de imediato. A renda paga-se até ao terceiro dia útil de cada mês. Não é permitido subarrendar sem o consentimento do dono, nem ter animais que não sejam autorizados por escrito.',
};
const code = 'const value = items.map((item) => item.id).filter(Boolean); if (value.length > 3) return render(value, { depth: 3 });';
const table = 'Screw M4 | 100 | 4.50\nNut M4 | 100 | 3.20\nWasher | 250 | 2.10\nBolt M8 | 50 | 12.00';

it.each([
  ['How do I add a provider?', 'en'],
  ['Quel est le délai de préavis ?', 'fr'],
  // One function word of each, so the accent decides.
  ['Modifier un état as array', 'fr'],
  ['useState côté serveur', 'fr'],
  ["Qu'est-ce qu'un hook", 'fr'],
  ['The naïve café rule of the house', 'en'],
  ['kubernetes ingress', null],
  ['12 345', null],
])('%j is in %s', (text, language) => {
  expect(languageOfText(text)).toBe(language);
});

it('shows a document in another language as such, though it shares function words', () => {
  expect(Object.values(lease).map(shownLanguage)).toEqual(['en', 'fr', 'other', 'other', 'other']);
  expect([shownLanguage(code), shownLanguage(table), shownLanguage('Three words only')]).toEqual(['other', 'other', null]);
});

it('looks at the middle of a long document, whose first pages may be names and numbers', () => {
  const pages = `${table}\n`.repeat(300) + `${lease.fr}\n`.repeat(600);
  expect(shownLanguage(pages.slice(0, 20_000))).toBe('other');
  expect(shownLanguage(pages)).toBe('fr');
});

it('analyses a document by a few words, and a short one in any case', () => {
  expect(['Rates of the tax. ', 'Tarifs de la taxe. '].map((words) => analysisLanguage(words + table))).toEqual(['en', 'fr']);
  expect([analysisLanguage(code), analysisLanguage(table)]).toEqual(['other', 'other']);
  expect([analysisLanguage('1 2 3'), analysisLanguage('Loyer réglé'), analysisLanguage('')]).toEqual(['en', 'fr', 'en']);
});
