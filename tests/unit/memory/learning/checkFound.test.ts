import { checkFound } from '@main/memory/learning/checkFound';
import type { Found } from '@main/memory/learning/modelAnswer';
import { type Readable, readableOf } from '@main/memory/learning/readable';
import { type Message, newId } from '@shared/model';
import { describe, expect, test } from 'vitest';

const at = Date.UTC(2026, 2, 11, 9);
const readable = (text: string): Readable => {
  const message: Message = {
    ...{ id: newId(), conversationId: newId(), parentId: null, turnId: null, role: 'user', speaker: null, state: 'complete', text, at },
    ...{ tzOffset: 0, info: null, error: null, citations: [] },
  } as unknown as Message;
  const read = readableOf(message, 'anima', null);
  if (!read) throw new Error('Nothing is readable');
  return read;
};
const check = (text: string, fields: Partial<Found>) => {
  const { value = null, quote = text } = fields;
  const found = { message: 1, text: null, subject: 'me', attribute: null, from: null, to: null, due: null, over: null };
  return checkFound({ ...found, ...fields, quote, value } as Found, [readable(text)], { model: 'm', confidence: 0.8 });
};

/** Each line is the whole message, the attribute and the value that a model finds in it, and its subject where that is another. */
type Line = [text: string, attribute: string, value: string, subject?: string];

const wrong: Line[] = [
  ['Write a short example in Rust.', 'skill', 'Rust'],
  ['Fais-le plus court stp.', 'prefers', 'plus court'],
  ['yes, outline it in bullet points, about one page', 'answers', 'bullet points'],
  ['how many calories are in a croissant', 'diet', 'croissant'],
  ['Is it better to learn Go or Zig in 2026?', 'skill', 'Go'],
  ['My brother Tom works in Leeds.', 'employer', 'Leeds'],
  ['Elle adore le jardinage mais elle a mal au dos.', 'likes', 'le jardinage'],
  ['Mon fils déteste les épinards.', 'dislikes', 'les épinards'],
  ["I don't drink coffee.", 'likes', 'coffee'],
  ["Je n'aime pas les réunions Zoom.", 'likes', 'les réunions Zoom'],
  ["I'm no longer a vegetarian.", 'diet', 'vegetarian'],
  ["J'ai quitté la mairie de Rennes.", 'employer', 'la mairie'],
  ['I just love debugging deadlocks at 2am (not).', 'likes', 'debugging deadlocks'],
  ["J'ai dit à Paul que j'habitais à Paris, mais c'était pour rire.", 'home', 'Paris'],
  ['I need you to make a table.', 'task', 'make a table'],
  ['I might move to Berlin next year.', 'home', 'Berlin'],
  ['We had lunch in Paris with Claire.', 'home', 'Paris'],
  ['We had lunch in Paris with Claire.', 'name', 'Claire'],
  ['I prefer the second one.', 'prefers', 'the second one'],
  ['I have a dog called Rex.', 'cat', 'Rex'],
  ['I have three meetings on Monday.', 'budget', 'meetings'],
  ['I mostly write Python at work.', 'employer', 'Python'],
  ['I work with Claire in Leeds.', 'employer', 'Leeds'],
  ['I met Odile at work.', 'home', 'Lyon', 'Odile'],
];

const right: Line[] = [
  ['As it happens we have been based in Lyon for years.', 'home', 'Lyon'],
  ['My full name is Zoë Adams.', 'name', 'Zoë Adams'],
  ["On vient d'emménager à Nantes.", 'home', 'Nantes'],
  ['Mon fils déteste les épinards.', 'dislikes', 'les épinards', 'mon fils'],
  ['I am a big fan of long walks.', 'likes', 'long walks'],
  ['Au fait, évite toujours les emojis.', 'answers', 'les emojis'],
  ['We have two daughters, Mia and Zoe.', 'daughter', 'Mia'],
  ['I really should renew my passport before June.', 'task', 'renew my passport'],
  ["L'anniversaire de ma mère est le 3 novembre.", 'birthday', 'le 3 novembre', 'ma mère'],
  ['Our budget for the kitchen is 9,000 euros.', 'budget', '9,000 euros'],
];

describe('a find of a model', () => {
  test.each(wrong)('is dropped where the sentence does not say it: %s (%s: %s)', (text, attribute, value, subject = 'me') => {
    expect(check(text, { attribute, value, subject })).toBe(null);
  });

  test.each(right)('is kept where the sentence says it: %s (%s: %s)', (text, attribute, value, subject = 'me') => {
    expect(check(text, { attribute, value, subject })).toMatchObject({ attribute, value, subject, text });
  });

  test('rests on the sentence with the value where the quote begins before it', () => {
    const text = 'Merci ! On part en Bretagne du 12 au 19 octobre.';
    const found = check(text, { attribute: 'whereabouts', value: 'Bretagne', from: 'du 12 au 19 octobre' });
    expect(found).toMatchObject({ text: 'On part en Bretagne du 12 au 19 octobre.', attribute: 'whereabouts' });
    const days = [found?.validFrom, found?.validTo].map((day) => new Date((day ?? 0) + 12 * 3_600_000).toISOString().slice(0, 10));
    expect(days).toEqual(['2026-10-12', '2026-10-20']);
    expect(check('On part en Bretagne.', { attribute: 'whereabouts', value: 'Bretagne' })).toBe(null);
  });

  test('ends what was so where the sentence says that it ended, and only there', () => {
    const text = "J'ai quitté la mairie de Rennes.";
    expect(check(text, { attribute: 'employer', value: 'la mairie de Rennes', over: true })).toMatchObject({ validTo: at });
    // A small model marks too much as over: what nothing in the sentence ends goes on.
    expect(check('I work at the town hall.', { attribute: 'employer', value: 'the town hall', over: true })).toMatchObject({
      validTo: null,
    });
    const taken = 'My colleague Priya took over from Tom as head of the ward last week.';
    expect(check(taken, { subject: 'Priya', attribute: 'role', value: 'head of the ward', over: true })).toMatchObject({
      subject: 'Priya',
      validTo: null,
    });
  });

  test.each(['self', 'The person', 'moi-même'])('is of the person where the model writes %s', (subject) => {
    expect(check('We have been based in Lyon for years.', { subject, attribute: 'home', value: 'Lyon' })).toMatchObject({ subject: 'me' });
  });

  test('keeps an attribute that nobody listed only where the sentence names it', () => {
    expect(check('Our car is a Volvo.', { attribute: 'car', value: 'a Volvo' })).toMatchObject({ attribute: 'car' });
    expect(check('Our team has twelve people in Lisbon.', { attribute: 'team_size', value: 'twelve people' })).toMatchObject({
      kind: 'fact',
      attribute: '',
    });
  });
});
