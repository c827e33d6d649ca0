import { programCueOf } from '@main/knowledge/guideScope';
import { expect, test } from 'vitest';

test('ignores questions about the content of documents', () => {
  for (const question of [
    'Qui a signé mes documents ?',
    'Who wrote my documents?',
    'Quand ai-je signé mes documents de bail ?',
    'Do my documents about the mill name a heir?',
    'Que valent mes données d’arpentage ?',
    'What do my documents say about the dam?',
  ])
    expect([question, programCueOf(question)]).not.toEqual([question, 'likely']);
});

test('detects questions about what the program does with documents', () => {
  for (const question of [
    'Where are my documents stored?',
    'Mes documents sont-ils envoyés sur internet ?',
    'Is my data safe?',
    'How do I delete my conversations?',
  ])
    expect([question, programCueOf(question)]).toEqual([question, 'likely']);
});
