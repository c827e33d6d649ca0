import { programCueOf } from '@main/knowledge/guideScope';
import { expect, test } from 'vitest';

test('what documents of one’s own say is no matter of the program', () => {
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

test('what the program does with documents of one’s own is', () => {
  for (const question of [
    'Where are my documents stored?',
    'Mes documents sont-ils envoyés sur internet ?',
    'Is my data safe?',
    'How do I delete my conversations?',
  ])
    expect([question, programCueOf(question)]).toEqual([question, 'likely']);
});
