import { askedAbout } from '@main/memory/recall/askedAbout';
import { expect, test } from 'vitest';

/** Each attribute with questions for it. */
const asking: Record<string, string[]> = {
  home: [
    'Where do I live?',
    'Where did I live before?',
    'where do i live now',
    'Which city do I live in?',
    'What is my address?',
    'Did I ever live in Bristol?',
    'Can you tell me where I live?',
    'Où est-ce que j’habite ?',
    'Où habite-je ?',
    'Où est-ce que j’habitais avant ?',
    'J’habite où déjà ?',
    'Dans quelle ville est-ce que je vis ?',
    'Quelle est mon adresse ?',
    'Est-ce que j’habite toujours à Paris ?',
    'Où ai-je vécu ?',
  ],
  role: [
    'What do I do for a living?',
    'What is my job?',
    'What’s my current profession?',
    'Where do I work?',
    'Who do I work for?',
    'Quel est mon métier ?',
    'Qu’est-ce que je fais dans la vie ?',
    'Où est-ce que je travaille ?',
    'Je travaille où ?',
    'Pour qui est-ce que je travaille ?',
  ],
  name: ['What is my name?', 'Who am I?', 'Comment je m’appelle ?', 'Quel est mon prénom ?'],
  age: ['How old am I?', 'Quel âge ai-je ?', 'J’ai quel âge ?'],
  birthday: ['When is my birthday?', 'When was I born?', 'C’est quand mon anniversaire ?', 'Quand suis-je née ?'],
  likes: ['What music do I like?', 'What are my hobbies?', 'Do I like coffee?', 'Qu’est-ce que j’aime ?', 'Quels sont mes goûts ?'],
  dislikes: ['What do I hate?', 'Qu’est-ce que je n’aime pas ?'],
  allergy: ['What am I allergic to?', 'Can I eat peanuts?', 'À quoi suis-je allergique ?', 'Est-ce que je peux manger des noix ?'],
  boss: ['Who is my boss?', 'Who is my manager?', 'Qui est ma cheffe ?', 'Comment s’appelle mon responsable ?'],
  dog: ['What is my dog’s name?', 'What is my dog called?', 'What is the name of my dog?', 'Comment s’appelle mon chien ?'],
  sister: ['Who is my sister?', 'What are my sisters called?', 'Comment s’appellent mes sœurs ?', 'Ma sœur s’appelle comment ?'],
  favourite_colour: ['What is my favourite colour?'],
  favourite_couleur: ['Quelle est ma couleur préférée ?'],
};
const cases = Object.entries(asking).flatMap(([attribute, questions]) => questions.map((question) => [question, attribute] as const));

test.each(cases)('“%s” asks for %s', (question, attribute) => {
  expect(askedAbout(question)?.attributes).toContain(attribute);
});

test.each([
  'What must I finish in December?',
  'What do I have to do this week?',
  'What do I still need to hand in?',
  'What are my deadlines?',
  'What is due tomorrow?',
  'Do I have any appointments?',
  'When is my next appointment?',
  'Qu’est-ce que je dois rendre en décembre ?',
  'Que dois-je faire demain ?',
  'Quelles sont mes échéances ?',
  'Quels sont mes prochains rendez-vous ?',
  'Est-ce que j’ai un rendez-vous ?',
  'Qu’est-ce qu’il me reste à faire ?',
])('“%s” asks for what there is to do', (question) => {
  expect(askedAbout(question)?.intents).toBe(true);
});

test.each([
  'What is the capital of Italy?',
  'What should I do about a cough?',
  'What do I need to install Python?',
  'What must I do to renew a passport?',
  'Where is the file that I opened?',
  'How do I make a budget?',
  'Where do birds live in winter?',
  'Who is the manager of the team in the report?',
  'What does my contract say about notice?',
  'What is my contract’s end date?',
  'I live in Leeds.',
  'My sister is called Claire.',
  'Can you write to my boss?',
  'What is the best job for a linguist?',
  'Quelle est la capitale de la France ?',
  'Que faire contre la toux ?',
  'Comment éplucher des noix ?',
  'Que dois-je faire pour renouveler un passeport ?',
  'Qu’est-ce que je dois faire si le moteur chauffe ?',
  'Où est le fichier que j’ai ouvert ?',
  'Où vivent les oiseaux en hiver ?',
  'J’habite à Nantes.',
  'Ma sœur s’appelle Claire.',
  'Qui est le responsable du projet dans le rapport ?',
  'Que dit mon contrat sur le préavis ?',
  'Écris à ma cheffe que je suis malade.',
  'Comment faire un budget ?',
])('“%s” asks nothing about the person', (text) => {
  expect(askedAbout(text)).toBeNull();
});

test('a long text asks nothing about the person', () => {
  expect(askedAbout(`Where do I live? ${'It rains. '.repeat(30)}`)).toBeNull();
});
