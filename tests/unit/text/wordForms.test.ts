import { stem } from '@main/text/stems';
import { baseForm } from '@main/text/wordForms';
import { expect, test } from 'vitest';

/** A word, and forms that find it and are found by it. */
const families = {
  en: `
  arise arose arisen
  awake awoke awoken
  beat beaten
  become became
  begin began begun
  bend bent
  bind bound
  bite bit bitten
  build built builds building
  cost costs
  creep crept
  cut cutting
  dig dug
  foresee foresaw foreseen
  light lit
  mistake mistook mistaken
  overcome overcame
  prove proven proved
  sew sewn
  show shown showed
  smell smelt
  sow sown
  spit spat
  stink stank stunk
  strive strove striven
  string strung
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
  swell swollen
  shed shedding
  tread trod trodden
  weep wept
  cactus cacti
  fungus fungi
  nucleus nuclei
  stimulus stimuli
  radius radii
  alumnus alumni
  focus foci focuses
  stratum strata
  larva larvae
  alga algae
  vertebra vertebrae
  formula formulae formulas
  antenna antennae
  die dice
  penny pence pennies
  hoof hooves
  scarf scarves
  wharf wharves
  elf elves
  dwarf dwarves
  staff staves
  diagnosis diagnoses
  oasis oases
  parenthesis parentheses
  synthesis syntheses
  genus genera
  corpus corpora
  bus buses
  gas gases
  lens lenses
  quiz quizzes
  potato potatoes
  hero heroes
  city cities
  box boxes
  church churches
  bureau bureaux
  plateau plateaux
  stimulus stimuli
  automaton automata
  spectrum spectra
  symposium symposia
  memorandum memoranda
  erratum errata
  addendum addenda
  stadium stadia stadiums
  maximum maxima
  minimum minima
  referendum referenda
  aquarium aquaria
  panel panelled
  big bigger biggest
  happy happier happiest
  good better best
  bad worse worst
  old older oldest elder eldest
  dry dries dried
  try tries tried
  stop stopped stopping
  refer referred referring
  panic panicked panicking
  traffic trafficked trafficking
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
  think thought
  employ employer employment`,
  fr: `
  bijou bijoux
  genou genoux
  caillou cailloux
  chou choux
  bateau bateaux
  tuyau tuyaux
  journal journaux
  travail travaux
  festival festivals
  oeil yeux
  actif active actifs actives
  long longue longues
  blanc blanche blanches
  sec seche seches
  public publique publics publiques
  grec grecque
  frais fraiche fraiches
  doux douce
  faux fausse
  roux rousse
  jaloux jalouse
  heureux heureuse
  trompeur trompeuse
  directeur directrice directrices
  locataire locataires
  gardien gardienne
  ancien ancienne anciens
  bon bonne bons
  gros grosse
  epais epaisse
  gentil gentille
  nul nulle
  muet muette
  complet complete completes
  premier premiere
  dernier derniere
  boulanger boulangere
  finir finit finissent finissait finie fini
  choisir choisit choisissent choisi choix
  batir batit batissent bati
  grandir grandit grandissent
  vendre vendu vend
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
  resoudre resout resolu
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
  louer location
  acheter achat achats
  gerer gestion
  arreter arret
  refuser refus
  demander demande
  deceder deces
  naitre naissance
  mourir mort
  ouvrir ouverture
  fermer fermeture
  lire lecture
  signer signature
  livrer livraison
  manger mangeait
  placer placait
  lancer lancait
  lever levait
  annee an annees ans
  jour jours`,
};

/** The forms under which a word is indexed and searched. */
const keysOf = (word: string, language: 'en' | 'fr'): string[] =>
  [word, baseForm(word, language)].flatMap((one) => (one === null ? [] : stem(one, language)));

test.each(['en', 'fr'] as const)('forms of one word share a search form: %s', (language) => {
  const apart = families[language]
    .trim()
    .split('\n')
    .flatMap((line) => {
      const [head = '', ...forms] = line.trim().split(' ');
      const keys = keysOf(head, language);
      return forms.filter((form) => !keysOf(form, language).some((key) => keys.includes(key))).map((form) => `${head} ${form}`);
    });
  expect(apart).toEqual([]);
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
