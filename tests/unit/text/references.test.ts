import { codeForm, partNumber, withParents } from '@main/text/references/normalForm';
import { referencesAsked, referencesOfPassage, referencesOfTitle } from '@main/text/references/references';
import { describe, expect, test } from 'vitest';

const first = (question: string): string | undefined => referencesAsked(question)[0]?.keys[0];

describe('the references that a question asks for', () => {
  test.each([
    ["Que dit l'article 515-14 du code civil ?", 'article:515-14'],
    ['art. 2512 C. civ.', 'article:2512'],
    ['Que prévoit l’article L. 123-4 bis ?', 'article:L123-4bis'],
    ['article 1er de la loi', 'article:1'],
    ["l'article premier", 'article:1'],
    ['What does Article 6(1)(f) GDPR allow?', 'article:6(1)(f)'],
    ['See § 3.2', 'section:3.2'],
    ['Explain section 12(3)(a)', 'section:12(3)(a)'],
    ['clause 14.2 of the lease', 'section:14.2'],
    ['rule 10b-5', 'section:10b-5'],
    ['chapter IV', 'chapter:4'],
    ['Annexe II', 'annex:2'],
    ['Appendix B', 'annex:B'],
    ['figure 7', 'figure:7'],
    ['tableau 3.1', 'table:3.1'],
    ['À quoi sert le compte 601 ?', 'account:601'],
    ['account no. 4457', 'account:4457'],
    ['erreur E-4012', 'code:E4012'],
    ['What does e4012 mean?', 'code:E4012'],
    ['error 0x80070005', 'code:0X80070005'],
    ['error 404', 'error:404'],
    ['ORA-01555', 'code:ORA01555'],
    ['facture n° F-2024-117', 'code:F2024-117'],
    ['invoice 2024-0042', 'number:2024-0042'],
    ['part number HX-200/B', 'code:HX200B'],
  ])('reads %s', (question, key) => expect(first(question)).toBe(key));

  test.each([
    'How long is the notice period?',
    'Give me 5 sources on 2020',
    'table of contents',
    'Print it on A4 paper',
    'the invoice of 12/05/2024',
    'What happened in 2024-05?',
    'the case 12 people mentioned',
    'Quel est le loyer en 2023 ?',
    'See www.example.org/2024-0042',
  ])('finds none in: %s', (question) => expect(referencesAsked(question)).toEqual([]));

  test('reads each number of a list, and the parts that hold a narrower one', () => {
    expect(referencesAsked('articles 12, 13 et 14').map(({ keys }) => keys[0])).toEqual(['article:12', 'article:13', 'article:14']);
    expect(referencesAsked('article 6(1)(f)')[0]?.keys).toEqual(['article:6(1)(f)', 'article:6(1)', 'article:6']);
    expect(referencesAsked("l'article 1240 et l'article 1241").map(({ text }) => text)).toEqual(['article 1240', 'article 1241']);
  });
});

describe('the references of a passage', () => {
  test('tells what the passage is from what it mentions', () => {
    const held = referencesOfPassage(
      'Article 515-14\nLes animaux (art. 1240) sont des biens.\n3.2 Payment terms\n601 Achats stockés\nFacture : 2024-0042',
      ['Livre II', '3. Durée'],
    );
    expect(Object.fromEntries(held.map(({ key, defines }) => [key, defines]))).toEqual({
      'section:3': true,
      'article:515-14': true,
      'article:1240': false,
      'number:2024-0042': true,
      'section:3.2': true,
      'entry:601': true,
    });
  });

  test('never takes a longer number for a shorter one, or separators apart', () => {
    const keys = referencesOfPassage('See article 515-14 and account 6011, A-11-2.', []).map(({ key }) => key);
    expect(keys).toEqual(['article:515-14', 'account:6011', 'code:A11-2']);
    for (const near of ['article 515-1', 'article 515', 'account 601', 'A-1-12']) expect(keys, near).not.toContain(first(near) ?? '');
  });

  test('reads titles by the same rules', () => {
    expect(referencesOfTitle('Code civil, Livre II, Article 544')).toEqual(['article:544']);
    expect(referencesOfTitle('3.2 Payment')).toEqual(['section:3.2']);
  });

  test('holds no more than a bounded number, in time that grows with the length alone', () => {
    const text = Array.from({ length: 2_000 }, (_, index) => `article ${index}`).join(', ');
    expect(referencesOfPassage(text, [])).toHaveLength(48);
  });
});

test('numbers and codes have one form', () => {
  expect(['L. 123-4 bis', 'XIV', '12.', '1er'].map(partNumber)).toEqual(['L123-4bis', '14', '12', '1']);
  expect(['e-4012', 'E4012', 'INV-2024-0042', 'A-11-2', 'A-1-12'].map(codeForm)).toEqual([
    'E4012',
    'E4012',
    'INV2024-0042',
    'A11-2',
    'A1-12',
  ]);
  expect(withParents('6(1)(f)')).toEqual(['6(1)(f)', '6(1)', '6']);
});
