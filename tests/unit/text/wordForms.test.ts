import * as english from '@main/text/englishForms';
import * as french from '@main/text/frenchForms';
import { stem } from '@main/text/stems';
import { baseForm } from '@main/text/wordForms';
import { expect, test } from 'vitest';

/** Families that rules unite, besides those that the program lists. */
const byRule = {
  en: `
  build builds building
  cost costs
  cut cutting
  foresee foresaw foreseen
  overcome overcame
  prove proved
  show showed
  withdraw withdrew withdrawn
  withstand withstood
  undertake undertook undertaken
  undergo underwent undergone
  overtake overtook overtaken
  rewrite rewrote rewritten
  rebuild rebuilt
  resell resold
  retake retook
  misunderstand misunderstood
  mislead misled
  outgrow outgrew
  oversee oversaw overseen
  repay repaid
  unbind unbound
  shed shedding
  focus focuses
  larva larvae
  alga algae
  vertebra vertebrae
  formula formulae formulas
  antenna antennae
  penny pennies
  potato potatoes
  hero heroes
  city cities
  box boxes
  church churches
  stadium stadiums
  panel panelled
  dry dries dried
  try tries tried
  stop stopped stopping
  refer referred referring
  heir heirs
  arrive arrival arrivals
  refuse refusal
  approve approval
  renew renewal
  propose proposal
  survive survival
  appear appearance
  insure insurance
  inherit inheritance
  employ employer employment`,
  fr: `
  bateau bateaux
  journal journaux
  festival festivals
  actif active actifs actives
  public publics
  heureux heureuse
  trompeur trompeuse
  directeur directrice directrices
  locataire locataires
  gardien gardienne
  ancien ancienne anciens
  bon bonne bons
  muet muette
  complet complete completes
  dernier derniere
  boulanger boulangere
  finir finit finissent finissait finie fini
  choisir choisit choisissent choisi
  batir batit batissent bati
  grandir grandit grandissent
  mordre mord mordu
  tondre tond tondu
  fondre fond fondu
  defendre defend defendu
  descendre descend descendu
  suspendre suspend suspendu
  dependre depend
  etendre etend etendu
  entendre entend entendu
  pretendre pretend
  confondre confond confondu
  correspondre correspond
  battre bat battait battu battue
  combattre combat combattu
  rompre rompt rompu
  interrompre interrompt interrompu
  vaincre vainc vaincu
  convaincre convaincu
  coudre coud cousu
  moudre moud moulu
  traduire traduit traduisent
  reduire reduit reduisent reduite
  introduire introduit introduite
  cuire cuit cuisent
  nuire nuit nuisent
  interdire interdit interdisent interdite
  inscrire inscrit inscrivent inscrite
  decrire decrit decrivent
  prescrire prescrit prescrite
  souscrire souscrit
  transmettre transmis transmet transmettent
  promettre promis promet
  admettre admis admet
  remettre remis remet
  soumettre soumis soumet
  commettre commis
  maintenir maintient maintenu maintiendra
  obtenir obtient obtenu obtiennent obtenue
  contenir contient contenu contiennent
  appartenir appartient appartiennent appartenait
  devenir devient devenu deviennent deviendra
  revenir revient revenu
  intervenir intervient intervenu interviennent
  prevenir previent prevenu
  convenir convient convenu
  parvenir parvient parvenu
  survenir survient survenu
  surprendre surpris surprend
  entreprendre entrepris entreprend
  reprendre repris reprend reprennent
  apercevoir apercu apercoit
  concevoir concu concoit
  percevoir percu percoit percoivent
  promouvoir promu promeut
  emouvoir emu
  prevoir prevu prevoit prevoient prevue
  revoir revu
  pourvoir pourvu
  conquerir conquis conquiert
  requerir requis requiert requise
  parcourir parcouru parcourt
  secourir secouru
  recourir recouru recourt
  decouvrir decouvert decouvre
  recouvrir recouvert
  atteindre atteint atteignent
  plaindre plaint plaignent
  contraindre contraint
  restreindre restreint
  rejoindre rejoint rejoignent
  adjoindre adjoint
  dissoudre dissous dissoute
  vetir vetu
  envoyer envoie envoient enverra
  employer emploie emploi
  nettoyer nettoie
  essuyer essuie
  appuyer appuie appui
  essayer essaie essai
  balayer balaie
  ceder cede
  preferer prefere
  posseder possede
  regler regle
  rappeler rappelle
  renouveler renouvelle renouvellement
  projeter projette
  rejeter rejette rejet
  geler gele
  achever acheve
  elever eleve
  amener amene
  rire rit riait
  sourire sourit
  fuir fuit fuyait
  cueillir cueille cueillait
  accueillir accueille accueilli
  plaire plait
  reconnaitre reconnait reconnu
  disparaitre disparait disparu
  apparaitre apparait apparu
  elire elu elue elit
  sentir sent senti
  mentir ment menti
  consentir consent consenti
  repartir repart
  fatiguer fatigue
  naviguer navigation navigue
  irriguer irrigation
  deleguer delegation delegue
  appliquer application applique
  communiquer communication
  fabriquer fabrication
  expliquer explication
  indiquer indication
  modifier modification
  verifier verification
  resilier resiliation
  payer paiement paiements payement
  arreter arret
  refuser refus
  demander demande
  manger mangeait
  placer placait
  lancer lancait
  lever levait
  jour jours`,
};

/** The forms under which a word is indexed and searched. */
const keysOf = (word: string, language: 'en' | 'fr'): string[] =>
  [word, baseForm(word, language)].flatMap((one) => (one === null ? [] : stem(one, language)));

const listed = { en: [english.irregular, english.numbers], fr: [french.irregular, french.numbers] };

test.each(['en', 'fr'] as const)('forms of one word share a search form: %s', (language) => {
  const ruled = byRule[language]
    .trim()
    .split('\n')
    .flatMap((line) => {
      const [head = '', ...forms] = line.trim().split(' ');
      return forms.map((form) => [form, head] as const);
    });
  const pairs = [...ruled, ...listed[language].flatMap((families) => [...families])];
  const apart = pairs
    .filter(([form, head]) => !keysOf(form, language).some((key) => keysOf(head, language).includes(key)))
    .map(([form, head]) => `${head} ${form}`);
  expect(apart).toEqual([]);
  expect(pairs.length).toBeGreaterThan(300);
});

test('keeps words apart that only look alike', () => {
  for (const [one, other, language] of [
    ['fond', 'font', 'fr'],
    ['lens', 'lend', 'en'],
    ['reader', 'red', 'en'],
  ] as const)
    expect([one, other, keysOf(one, language).some((key) => keysOf(other, language).includes(key))]).toEqual([one, other, false]);
});

test('removes particles attached in Arabic, Hebrew and Russian, in a text of any language', () => {
  for (const language of ['en', 'fr', 'other'] as const)
    expect(['المدرسة', 'مدرسة', 'والكتاب', 'הספינה', 'капитанам', 'капитан', 'mill'].map((word) => baseForm(word, language))).toEqual([
      'مدرس',
      'مدرس',
      'كتاب',
      'ספינה',
      'капитан',
      'капита',
      null,
    ]);
});
