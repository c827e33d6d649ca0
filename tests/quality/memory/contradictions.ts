import type { Verdict } from '@main/memory/learnt';

/**
 * Pairs of statements as people make them, sixty days apart, with the values that an analysis takes from them, and the right end of the
 * earlier one. `verdict` is the answer of the scripted judge, which is in doubt (null, or unsure) about some as models are.
 */
export interface Pair {
  language: 'en' | 'fr';
  type: 'update' | 'addition' | 'other event' | 'temporary' | 'used to';
  subject: string;
  attribute: string;
  earlier: [text: string, value: string];
  later: [text: string, value: string];
  /** True when the earlier statement is no longer true after the later one. */
  ends: boolean;
  /** The attribute of the later statement, where it is another one. */
  laterAttribute?: string;
  /** Days after the later message at which its statement ends; 0 or less: it is over. */
  until?: number;
  /** The later statement is a plan: days after its message at which it begins. */
  from?: number;
  verdict: [Verdict, number] | null;
}

type More = Partial<Pick<Pair, 'subject' | 'laterAttribute' | 'until' | 'from' | 'verdict'>>;
const pairsOf =
  (language: Pair['language']) =>
  (
    type: Pair['type'],
    attribute: string,
    earlier: [string, string],
    later: [string, string],
    ends: boolean,
    { subject = 'me', verdict = ends ? ['updates', 0.92] : ['unrelated', 0.9], ...more }: More = {},
  ): Pair => ({ language, type, subject, attribute, earlier, later, ends, verdict, ...more });
const en = pairsOf('en');
const fr = pairsOf('fr');

export const contradictionPairs: readonly Pair[] = [
  // Updates of attributes that have one value.
  en('update', 'home', ['I live in Paris, near the canal', 'Paris'], ['I have moved to Lyon', 'Lyon'], true),
  en('update', 'home', ['my flat is in Leeds', 'Leeds'], ['we finally bought a house in York last month', 'York'], true, { from: -30 }),
  en('update', 'employer', ["I'm with Acme, in logistics", 'Acme'], ['I started at Globex on Monday', 'Globex'], true, { from: -2 }),
  en('update', 'role', ["I'm a junior tester", 'junior tester'], ['they made me head of testing!', 'head of testing'], true),
  en('update', 'age', ["I'm 34", '34'], ['turned 35 yesterday, feeling old', '35'], true, { from: -1 }),
  en('update', 'phone', ['you can reach me on 0113 496 0001', '0113 496 0001'], ['got a new number: 0113 496 0777', '0113 496 0777'], true),
  en(
    'update',
    'email',
    ['my mail is ann@old.example', 'ann@old.example'],
    ['use ann@new.example, the old one is dead', 'ann@new.example'],
    true,
  ),
  en('update', 'diet', ['I eat vegetarian', 'vegetarian'], ["I've gone fully vegan", 'vegan'], true),
  en(
    'update',
    'deadline',
    ['the audit report is due on 12 March', '12 March'],
    ['they pushed the audit report to 2 April', '2 April'],
    true,
    {
      subject: 'audit report',
    },
  ),
  en('update', 'budget', ['the kitchen may cost 8,000', '8,000'], ['we raised the kitchen budget to 11,500', '11,500'], true, {
    subject: 'kitchen',
  }),
  en('update', 'preferred_editor', ['I do everything in Vim', 'Vim'], ["I'm on Zed these days", 'Zed'], true),
  en('update', 'manager', ['I report to Claire', 'Claire'], ['Tom is my boss since the reorganisation', 'Tom'], true),
  en('update', 'home', ['Marta lives in Porto', 'Porto'], ['Marta has settled in Braga', 'Braga'], true, { subject: 'Marta' }),
  // Updates that only their reader can tell.
  en('update', 'tool', ['I track my hours in Toggl', 'Toggl'], ['I switched from Toggl to Clockify', 'Clockify'], true),
  en(
    'update',
    'answers',
    ['please answer in bullet points', 'bullet points'],
    ['from now on answer in full sentences', 'full sentences'],
    true,
  ),
  en('update', 'car', ['I drive an old Golf', 'Golf'], ['sold the Golf, we have a Zoe now', 'Zoe'], true),
  en('update', 'standup_time', ['our standup is at 9:15', '9:15'], ['the standup moved to 10', '10'], true),
  en('update', 'likes', ['I love coffee', 'coffee'], ["I can't stand coffee any more", 'coffee'], true, { laterAttribute: 'dislikes' }),
  en('update', 'gym', ['I train at Body Street', 'Body Street'], ['I joined the climbing hall instead of the gym', 'climbing hall'], true, {
    verdict: ['updates', 0.7],
  }),
  en('update', 'home', ["I'm staying in Rome from January", 'Rome'], ['from May we will live in Turin', 'Turin'], true, { from: 40 }),
  // Additions.
  en('addition', 'likes', ['I like jazz', 'jazz'], ['I also like bossa nova', 'bossa nova'], false),
  en('addition', 'language', ['I speak Italian', 'Italian'], ["I've learnt some Greek", 'Greek'], false),
  en('addition', 'pet', ['we have a cat, Miso', 'Miso'], ['a dog has joined us, Pepper', 'Pepper'], false),
  en('addition', 'allergy', ["I'm allergic to peanuts", 'peanuts'], ['turns out I react to kiwi too', 'kiwi'], false),
  en('addition', 'sister', ['my sister Anna is a nurse', 'Anna'], ['my other sister, Lea, studies law', 'Lea'], false),
  en('addition', 'skill', ['I can weld', 'weld'], ['I can now also read blueprints', 'read blueprints'], false),
  en('addition', 'project', ["I'm building a greenhouse", 'greenhouse'], ['now I have a second project, a pond', 'pond'], false),
  en('addition', 'board', ['I sit on the board of the choir', 'choir'], ['I was elected to the board of the school', 'school'], false),
  en('addition', 'subscription', ['I read The Economist', 'The Economist'], ['I took a subscription to Nature', 'Nature'], false, {
    verdict: null,
  }),
  // Other events.
  en('other event', 'appointment', ['dentist on 3 March', 'dentist'], ['eye doctor on 9 May', 'eye doctor'], false),
  en(
    'other event',
    'deadline',
    ['I must hand in the tax form by Friday', 'tax form'],
    ['the grant application is due on the 20th', 'grant application'],
    false,
  ),
  en('other event', 'task', ['I need to call the bank', 'call the bank'], ['I need to order the tiles now', 'order the tiles'], false),
  en('other event', 'visited', ['I was in Oslo in spring', 'Oslo'], ['I have been to Bergen in autumn', 'Bergen'], false),
  en('other event', 'budget', ['500 for the birthday', '500'], ['2,000 for the holidays', '2,000'], false),
  en('other event', 'home', ['Marta lives in Porto', 'Porto'], ['I live in Lyon', 'Lyon'], false, { subject: 'Marta' }),
  en('other event', 'price', ['the blue sofa costs 900', '900'], ['the lamp costs 80', '80'], false, { subject: 'blue sofa' }),
  en('other event', 'meeting', ['the kick-off went well', 'kick-off'], ['the retrospective went badly', 'retrospective'], false, {
    verdict: ['unrelated', 0.6],
  }),
  // For a while.
  en('temporary', 'home', ['I live in Paris', 'Paris'], ["this week I'm at my parents' in Brest", 'Brest'], false, { until: 5 }),
  en('temporary', 'home', ['I live in Bath', 'Bath'], ["I'm staying with a friend in Wells for two weeks", 'Wells'], false),
  en('temporary', 'employer', ['I work for Acme', 'Acme'], ["for now I'm lent to Initech", 'Initech'], false),
  en('temporary', 'diet', ['I eat everything', 'everything'], ['no sugar for me this month', 'no sugar'], false, { until: 20 }),
  en('temporary', 'phone', ['my number is 555 0101', '555 0101'], ['until Friday call me on 555 0199', '555 0199'], false, { until: 4 }),
  en('temporary', 'role', ["I'm an editor", 'editor'], ["I'm acting head of desk while Ben is away", 'acting head of desk'], false, {
    until: 30,
  }),
  en('temporary', 'preferred_editor', ['I write in Word', 'Word'], ['today I have to use Pages', 'Pages'], false),
  // How it used to be.
  en('used to', 'home', ['I live in Lyon', 'Lyon'], ['I used to live in Paris', 'Paris'], false, { until: 0 }),
  en('used to', 'employer', ['I work at Globex', 'Globex'], ['before, I was with Acme for six years', 'Acme'], false, { until: -300 }),
  en('used to', 'likes', ['I like sushi', 'sushi'], ["I don't eat sushi any more", 'sushi'], true, { until: 0 }),
  en('used to', 'hobby', ['I play the cello', 'cello'], ['I used to play the cello', 'cello'], true, { until: 0 }),
  en('used to', 'role', ["I'm a teacher", 'teacher'], ["I'm no longer a teacher", 'teacher'], true, { until: 0 }),

  fr('update', 'home', ["j'habite à Paris, dans le onzième", 'Paris'], ["ça y est, j'ai déménagé à Lyon", 'Lyon'], true),
  fr('update', 'home', ['on est à Rennes depuis toujours', 'Rennes'], ['on vit à Nantes depuis le mois dernier', 'Nantes'], true, {
    from: -30,
  }),
  fr('update', 'employer', ['je bosse chez Dupont', 'Dupont'], ["j'ai signé chez Martin, j'ai commencé lundi", 'Martin'], true, {
    from: -3,
  }),
  fr('update', 'role', ['je suis comptable', 'comptable'], ["j'ai été nommée directrice financière", 'directrice financière'], true),
  fr('update', 'age', ["j'ai 41 ans", '41'], ['je viens de fêter mes 42 ans', '42'], true),
  fr('update', 'diet', ['je suis végétarien', 'végétarien'], ["j'ai recommencé à manger de la viande", 'omnivore'], true),
  fr('update', 'deadline', ['le rapport est à rendre le 12 mars', '12 mars'], ['le rapport est repoussé au 2 avril', '2 avril'], true, {
    subject: 'rapport',
  }),
  fr(
    'update',
    'budget',
    ['la salle de bains : 6 000 euros maximum', '6 000'],
    ['on est montés à 7 500 pour la salle de bains', '7 500'],
    true,
    {
      subject: 'salle de bains',
    },
  ),
  fr('update', 'manager', ['ma cheffe, c’est Claire', 'Claire'], ['c’est Hugo qui dirige l’équipe', 'Hugo'], true),
  fr('update', 'partner', ['je vis avec Sam', 'Sam'], ['je me suis mise en couple avec Alex', 'Alex'], true),
  fr('update', 'tool', ['je note tout dans Evernote', 'Evernote'], ['je suis passé à Obsidian, maintenant', 'Obsidian'], true),
  fr('update', 'answers', ['réponds-moi en anglais', 'anglais'], ['désormais, réponds en français', 'français'], true),
  fr('update', 'voiture', ['je roule en Clio', 'Clio'], ["j'ai vendu la Clio, on a une Twingo", 'Twingo'], true),
  fr('update', 'horaire', ['la réunion est le mardi à 9 h', 'mardi 9 h'], ['la réunion passe au jeudi', 'jeudi'], true),
  fr('update', 'likes', ["j'adore le café", 'café'], ['je ne supporte plus le café', 'café'], true, { laterAttribute: 'dislikes' }),
  fr('update', 'medecin', ['mon médecin est le docteur Roy', 'docteur Roy'], ['je vois le docteur Petit', 'docteur Petit'], true, {
    verdict: null,
  }),
  fr('addition', 'likes', ["j'aime le jazz", 'jazz'], ["j'aime aussi le fado", 'fado'], false),
  fr('addition', 'language', ['je parle espagnol', 'espagnol'], ["j'apprends le grec maintenant", 'grec'], false),
  fr('addition', 'child', ['ma fille Zoé a trois ans', 'Zoé'], ['notre fils Léo est né hier', 'Léo'], false),
  fr('addition', 'allergy', ['je suis allergique aux noix', 'noix'], ['je ne supporte plus le lactose non plus', 'lactose'], false),
  fr('addition', 'friend', ['mon amie Inès est avocate', 'Inès'], ['mon ami Paul est boulanger', 'Paul'], false),
  fr(
    'addition',
    'association',
    ['je suis bénévole à la Croix-Rouge', 'Croix-Rouge'],
    ["j'aide aussi aux Restos du cœur", 'Restos du cœur'],
    false,
  ),
  fr('other event', 'appointment', ['dentiste le 3 mars', 'dentiste'], ['ophtalmo le 9 mai', 'ophtalmo'], false),
  fr(
    'other event',
    'deadline',
    ["je dois envoyer la déclaration d'ici vendredi", 'déclaration'],
    ['le dossier est à rendre le 20', 'dossier'],
    false,
  ),
  fr(
    'other event',
    'task',
    ['je dois appeler la banque', 'appeler la banque'],
    ['il faut que je commande le carrelage', 'commander le carrelage'],
    false,
  ),
  fr('other event', 'budget', ["500 euros pour l'anniversaire", '500'], ['2 000 euros pour les vacances', '2 000'], false, {
    verdict: ['unrelated', 0.7],
  }),
  fr('other event', 'home', ['Marta habite à Porto', 'Porto'], ["moi, j'habite à Lyon", 'Lyon'], false, { subject: 'Marta' }),
  fr('temporary', 'home', ["j'habite à Paris", 'Paris'], ['cette semaine je suis chez mes parents, à Brest', 'Brest'], false, { until: 5 }),
  fr('temporary', 'home', ["j'habite à Pau", 'Pau'], ['en ce moment je loge chez une amie à Tarbes', 'Tarbes'], false),
  fr(
    'temporary',
    'employer',
    ['je travaille pour Dupont', 'Dupont'],
    ['je suis en mission chez Martin pendant trois mois', 'Martin'],
    false,
  ),
  fr('temporary', 'diet', ['je mange de tout', 'de tout'], ["pas d'alcool ce mois-ci", 'sans alcool'], false, { until: 20 }),
  fr(
    'temporary',
    'phone',
    ['mon numéro : 01 99 00 12 34', '01 99 00 12 34'],
    ["jusqu'à vendredi, appelle le 01 99 00 56 78", '01 99 00 56 78'],
    false,
  ),
  fr('temporary', 'preferred_editor', ["j'écris sous Word", 'Word'], ['exceptionnellement je suis sur Pages', 'Pages'], false),
  fr('used to', 'home', ["j'habite à Lyon", 'Lyon'], ["avant, j'habitais à Paris", 'Paris'], false, { until: 0 }),
  fr('used to', 'employer', ['je travaille chez Martin', 'Martin'], ["j'ai passé six ans chez Dupont", 'Dupont'], false, { until: -300 }),
  fr('used to', 'hobby', ['je joue du violon', 'violon'], ['je ne joue plus de violon', 'violon'], true, { until: 0 }),
  fr('used to', 'role', ['je suis enseignante', 'enseignante'], ["je n'enseigne plus", 'enseignante'], true, { until: 0 }),
];
