import { rewriteFollowUp } from '@main/questions/followUp';
import { readQuestion } from '@main/questions/readQuestion';
import { describe, expect, test } from 'vitest';

describe('a follow-up as it is searched', () => {
  test.each([
    ['And in 2023?', 'What was the turnover in 2022?', 'the turnover in 2023'],
    ['Et en 2023 ?', 'Quel était le chiffre d’affaires en 2022 ?', 'le chiffre d’affaires en 2023'],
    ['What about the deposit?', 'What is the notice period of the lease?', 'the notice period of the lease, the deposit'],
    ['Et pour les meublés ?', 'Quelle est la durée du préavis ?', 'la durée du préavis, pour les meublés'],
    ['Why?', 'Is smoking allowed in the building?', 'smoking allowed in the building, Why'],
    ['Qu’en est-il des locataires ?', 'Combien coûte le bail ?', 'coûte le bail, locataires'],
  ])('%s after "%s"', (text, previous, searched) => expect(rewriteFollowUp(text, previous)).toBe(searched));
});

const read = (text: string, hasBefore = false) => readQuestion(text, { hasBefore, now: Date.UTC(2026, 2, 11), zone: 'Europe/Paris' });

test.each(['Say again, word for word: my name', 'Translate this word for word', 'Répète mot pour mot ce que j’ai dit'])(
  '“%s” asks for no document',
  (text) => expect(read(text).intent).toBe('question'),
);

describe('the parts of a question', () => {
  test('are kept as they are written, with their accents', () => {
    expect(read('Donne-moi 5 sources sur l’Île de Ré').topic).toBe('Île de Ré');
    expect(read('Liste tous les documents sur l’hôpital').topic).toBe('hôpital');
    expect(read('Compare le congé parental et le congé maternité').parts).toEqual(['congé parental', 'congé maternité']);
    expect(read('Résume le règlement intérieur').document).toBe('le règlement intérieur');
  });
  test('a document without a name is the one at hand', () => {
    for (const text of ['Summarise this document', 'Résume ce document', 'TL;DR of this file']) expect(read(text).document, text).toBe('');
  });
  test('a number of sources is read as digits and as a word, and is bounded', () => {
    expect(
      ['Give me five sources on tea', 'Give me 5 sources on tea', 'Donne-moi 99 extraits sur le thé'].map((text) => read(text).count),
    ).toEqual([5, 5, 30]);
  });
  test('kinds of documents are words to look for, and documents as such are not', () => {
    expect(read('List all contracts with Dupont').topic).toBe('contracts dupont');
    expect(read('List all documents with Dupont').topic).toBe('Dupont');
    expect(read('List all my documents').topic).toBe('');
  });
});
