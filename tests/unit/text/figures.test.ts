import { figuresIn } from '@main/text/figures';
import { knownFigures } from '@main/text/knownFigures';
import { describe, expect, it } from 'vitest';

describe('the figures of a statement', () => {
  it.each([
    ['It costs 9 000 euros.', ['9000 eur']],
    ['It costs €9,000 or 9.000 €.', ['9000|9 eur', '9000|9 eur']],
    ['Elle coûte neuf mille euros.', ['9000 eur']],
    ['On 12 March 2026, at 2:30 pm.', ['2026-03-12', '14:30']],
    ['du 4 au 17 septembre', ['-09-04', '-09-17']],
    ['Invoice F-2026-118 and fault E07.', ['f2026118', 'e07']],
    ['the 3-year plan of 2024-2025', ['3 year', '2024', '2025']],
    ['both documents, the two parties, one of them', []],
    ['Il y a huit vitesses, la troisième est douce.', ['8']],
    ['1.5 per cent a month', ['1.5 %']],
  ])('of %j are %j', (text, expected) => {
    expect(figuresIn(text).map(({ values, unit }) => values.join('|') + (unit ? ` ${unit}` : ''))).toEqual(expected);
  });

  it('have their place in the text, none within another', () => {
    const text = 'Paid on 3 May 2025: £1,250.50 (VAT 20 %).';
    const figures = figuresIn(text);
    expect(figures.map(({ start, end }) => text.slice(start, end))).toEqual(['3 May 2025', '1,250.50', '20']);
  });
});

describe('a text states a figure', () => {
  const states = (passage: string, claim: string): boolean => figuresIn(claim).every((figure) => knownFigures([passage]).has(figure));

  it.each([
    ['The fee is 9 000 €.', 'The fee is 9,000 euros.'],
    ['Le préavis est de trois mois.', 'The notice is 3 months.'],
    ['Le 12 mars 2026', 'on 2026-03-12'],
    ['Réunion du 12 mars, exercice 2026', 'on March 12th, 2026'],
    ['for one year', 'pendant douze mois'],
    ['de 10 h à 19 h 30', 'from 10:00 to 7.30 pm'],
    ['Six people came in 2026.', 'There were 6 people.'],
    ['Ref. NM-3391', 'number NM 3391'],
  ])('in %j: %j', (passage, claim) => {
    expect(states(passage, claim)).toBe(true);
  });

  it.each([
    ['The fee is 9 000 €.', 'The fee is 15,000 euros.'],
    ['9 months', '9 %'],
    ['12 March 2026', '12 March 2025'],
    ['the accounts of March 2026', '12 March 2026'],
    ['E07', 'E09'],
    ['from 8:00', 'from 8:30'],
  ])('not in %j: %j', (passage, claim) => {
    expect(states(passage, claim)).toBe(false);
  });
});
