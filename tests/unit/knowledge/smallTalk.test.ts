import { answerLanguage } from '@main/knowledge/answerLanguage';
import { replyTo, smallTalkOf } from '@main/text/smallTalk';
import { expect, test } from 'vitest';

const courtesies = {
  greeting: [
    'bonjour',
    'Bonjour !',
    'salut ça va ?',
    'hi there',
    'Hello, how are you?',
    'good morning everyone',
    'Coucou Anima',
    'hey 👋',
    'Bonsoir à tous',
    'Hellooo',
    'Hello? Anyone there?',
    'Howdy partner',
    'bjr',
    'slt !',
    'Quoi de neuf ?',
    'Bonjour, comment vous portez-vous ?',
    '👋',
  ],
  thanks: [
    'merci beaucoup !',
    'thanks, that helps',
    'Thank you so much for your help!',
    'ok merci',
    'Merci infiniment pour votre réponse.',
    'thx',
    'Super, merci !',
    'bonjour et merci',
    'Thanks a lot, you saved my day',
    'Thanks, that was exactly what I needed',
    'Thank you, that is all',
    'Thanks for explaining',
    'Merci d’avoir répondu',
    'merci ce sera tout',
    'merciiii',
    'Nice work, thanks',
    '🙏🏽',
  ],
  goodbye: [
    'au revoir',
    'Bye!',
    'good night',
    'Bonne journée !',
    'See you tomorrow',
    'See you soon',
    'Bonne fin de journée',
    'Bon weekend',
    'À tout à l’heure',
  ],
  agreement: [
    'ok',
    'OK.',
    'd’accord',
    "d'accord",
    'great!',
    'Perfect.',
    'c’est noté',
    'cool',
    'parfait',
    'I understand',
    'ok je comprends',
    'Je vous en prie',
    '👍',
  ],
};
const questions = [
  'bonjour, quel est le loyer ?',
  'Hello, what is the rent?',
  'thanks, and who signed the lease?',
  'merci, et la caution ?',
  'ok what about the deposit',
  'Is it ok?',
  'great lakes',
  'hi-fi',
  'Who says hello in the play?',
  'perfect tense',
  'Good Morning Vietnam',
  'merci de résumer le bail',
  'salut les copains, le journal',
  'the',
  '',
  '???',
  'super glue price',
  'à Nice',
  'how do you do it?',
  'thank you note for the baker',
  'Merci qui ?',
  'merci de répondre à la question 4',
  'comment ça va évoluer ?',
  'compris dans le prix ?',
  'good will',
  'see you in court',
  '©?',
  'no',
];

test('distinguishes courtesies from questions, also in one message', () => {
  for (const [kind, texts] of Object.entries(courtesies)) for (const text of texts) expect([text, smallTalkOf(text)]).toEqual([text, kind]);
  for (const text of questions) expect([text, smallTalkOf(text)]).toEqual([text, null]);
});

test('finds the language of a courtesy, with a fallback where both use it', () => {
  expect(['merci', 'Salut !', 'Bonne nuit'].map((text) => answerLanguage(text, 'en'))).toEqual(['fr', 'fr', 'fr']);
  expect(['thanks', 'Hi there', 'bye'].map((text) => answerLanguage(text, 'fr'))).toEqual(['en', 'en', 'en']);
  expect([answerLanguage('ok', 'fr'), answerLanguage('ok', 'en'), answerLanguage('super', 'fr')]).toEqual(['fr', 'en', 'fr']);
});

test('each courtesy has a short reply in both languages', () => {
  for (const kind of ['greeting', 'thanks', 'goodbye', 'agreement'] as const)
    for (const language of ['en', 'fr'] as const) expect(replyTo(kind, language).length).toBeLessThan(120);
});
