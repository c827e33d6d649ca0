import { asksOwnPast } from '@main/memory/time/asksOwnPast';
import { expect, test } from 'vitest';

test.each([
  'Did I live in Paris?',
  'Where have I lived?',
  'Where did I use to work?',
  'Who used to be my manager?',
  'Où ai-je habité ?',
  "Où est-ce que j'habitais ?",
  'Où travaillais-je ?',
  "Est-ce que j'ai habité à Paris ?",
])('%s asks about the past of the person', (text) => expect(asksOwnPast(text)).toBe(true));

test.each([
  'Where do I live?',
  'Who is my manager?',
  'What should I drink this morning?',
  "Où est-ce que j'habite ?",
  'Qui est mon responsable ?',
  'I lived in Paris.',
  'Qu’est-ce que je dois faire ?',
])('%s does not', (text) => expect(asksOwnPast(text)).toBe(false));
