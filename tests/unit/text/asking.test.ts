import { asksOfQuestions, knowsNothing, onlyAsks } from '@main/text/asking';
import { expect, test } from 'vitest';

test.each([
  'Where did I park the car?',
  'where did I park the car',
  'Hello! Do you remember the name of the plumber?',
  'My passport, when does it expire?',
  'Tell me what the coach said.',
  'Bonjour, tu te souviens du code du portail ?',
  'C’est quoi le code du portail',
  'La révision de la chaudière, elle m’a coûté combien ?',
  'Rappelle-moi le nom du garagiste.',
  'Comment se termine mon contrat, il y a un préavis ?',
])('finds nothing but a question in %s', (text) => {
  expect(onlyAsks(text)).toBe(true);
});

test.each([
  'The car is behind the sawmill.',
  'My brother Silas is vegan. What could I cook for him?',
  'I leave for Iceland in February, what should I pack?',
  'What could I cook for my sister who is allergic to peanuts?',
  'Remind me to buy bread.',
  'Je pars en Islande en février, quels vêtements faut-il emporter ?',
  'Que prendre, je pars en Islande en février ?',
  'Quel cadeau pour ma sœur qui est allergique aux arachides ?',
  'Une Honda rouge, que mon oncle garde pour moi.',
  'Rappelle-moi d’acheter du pain.',
  'Bonjour !',
  `Why? ${'a '.repeat(400)}`,
])('finds a statement, or no question, in %s', (text) => {
  expect(onlyAsks(text)).toBe(false);
});

test.each([
  ['I don’t know, you have not told me.', 'Where is the car?'],
  ['That password isn’t in our past conversations.', 'What is the password?'],
  ['Je n’ai pas cette information.', 'Où est la voiture ?'],
  ['Aucune idée, désolé.', 'Où est la voiture ?'],
])('finds that nothing is known in %s', (text, question) => {
  expect(knowsNothing(text, () => question)).toBe(true);
});

test.each([
  ['I don’t know exactly, but you wrote that it is red.', 'Which colour is it?'],
  ['Not before March.', 'When does it open?'],
  ['No.', 'Can I freeze rice?'],
  ['Pas avant mars.', 'Quand est-ce ouvert ?'],
  ['Février ou mars.', 'Quand tailler un figuier ?'],
])('finds an answer in %s', (text, question) => {
  expect(knowsNothing(text, () => question)).toBe(false);
});

test.each([
  ['What did I ask you about the trip?', true],
  ['Which question about hedgehogs did I put to you?', true],
  ['Qu’est-ce que je t’ai demandé sur le ferry ?', true],
  ['Retrouve ma question sur l’ostéopathie.', true],
  ['I have a question: where is my car?', false],
  ['J’ai une question : où est ma voiture ?', false],
  ['Je me demande où est ma voiture.', false],
  ['What did Claire ask?', false],
])('sees if earlier questions are asked for in %s', (text, expected) => {
  expect(asksOfQuestions(text)).toBe(expected);
});
