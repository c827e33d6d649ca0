import { families } from './families';

/**
 * Forms that no stemmer unites and that are also searched as their head. The smallest numbers are included: they are too common to
 * be unified with their digits.
 */
export const irregular = families(`
  1 first
  2 two second
  man men
  woman women
  child children
  foot feet
  tooth teeth
  goose geese
  mouse mice
  louse lice
  person people persons
  ox oxen
  life lives
  wife wives
  knife knives
  leaf leaves
  half halves
  shelf shelves
  thief thieves
  loaf loaves
  wolf wolves
  calf calves
  roof rooves
  elf elves
  dwarf dwarves
  hoof hooves
  scarf scarves
  wharf wharves
  staff staves
  penny pence
  die dice
  bus buses
  gas gases
  lens lenses
  quiz quizzes
  cactus cacti
  fungus fungi
  nucleus nuclei
  stimulus stimuli
  radius radii
  alumnus alumni
  syllabus syllabi
  focus foci
  genus genera
  corpus corpora
  stratum strata
  spectrum spectra
  symposium symposia
  memorandum memoranda
  erratum errata
  addendum addenda
  stadium stadia
  aquarium aquaria
  maximum maxima
  minimum minima
  optimum optima
  referendum referenda
  automaton automata
  bureau bureaux
  plateau plateaux
  diagnosis diagnoses
  oasis oases
  parenthesis parentheses
  synthesis syntheses
  neurosis neuroses
  good better best
  bad worse worst
  big bigger biggest
  old older oldest elder eldest
  happy happier happiest
  criterion criteria
  phenomenon phenomena
  datum data
  bacterium bacteria
  medium media
  curriculum curricula
  appendix appendices
  index indices indexes
  matrix matrices
  vertex vertices
  axis axes
  crisis crises
  thesis theses
  analysis analyses
  hypothesis hypotheses
  basis bases
  arise arose arisen
  awake awoke awoken
  beat beaten
  become became
  begin began begun
  bend bent
  bind bound
  light lit
  mistake mistook mistaken
  panic panicked panicking
  traffic trafficked trafficking
  prove proven
  show shown
  sew sewn
  smell smelt
  sow sown
  spit spat
  stink stank stunk
  strive strove striven
  string strung
  swell swollen
  tread trod trodden
  bite bit bitten
  bleed bled
  blow blew blown
  break broke broken
  breed bred
  bring brought
  build built
  burn burnt
  buy bought
  catch caught
  choose chose chosen
  come came
  creep crept
  cling clung
  deal dealt
  dig dug
  draw drew drawn
  dream dreamt
  drink drank drunk
  drive drove driven
  eat ate eaten
  fall fell fallen
  feed fed
  feel felt
  fight fought
  find found
  flee fled
  fly flew flown
  forbid forbade forbidden
  forget forgot forgotten
  forgive forgave forgiven
  freeze froze frozen
  get got gotten
  go went gone goes
  grow grew grown
  hang hung
  hear heard
  hide hid hidden
  hold held
  keep kept
  kneel knelt
  know knew known
  lay laid
  lead led
  learn learnt
  leave left
  lend lent
  lose lost
  make made
  mean meant
  meet met
  pay paid
  ride rode ridden
  ring rang rung
  rise rose risen
  run ran
  say said
  see saw seen
  seek sought
  sell sold
  send sent
  shake shook shaken
  shine shone
  shoot shot
  shrink shrank shrunk
  sing sang sung
  sink sank sunk
  sit sat
  sleep slept
  slide slid
  speak spoke spoken
  spell spelt
  spend spent
  spill spilt
  spin spun
  spring sprang sprung
  stand stood
  steal stole stolen
  stick stuck
  strike struck stricken
  swear swore sworn
  sweep swept
  swim swam swum
  swing swung
  take took taken
  teach taught
  tear tore torn
  think thought
  throw threw thrown
  understand understood
  wake woke woken
  wear wore worn
  weave wove woven
  weep wept
  win won
  wind wound
  write wrote written
  die died dying dies
  lie lying
  plough plow ploughs plows
  tire tyre tyres tires
  gray grey greys
  jewelry jewellery
  program programme programmes programs
  check cheque cheques checks
  aluminum aluminium
  airplane aeroplane aeroplanes airplanes
  mom mum mums moms
  pajamas pyjamas
  maneuver manoeuvre manoeuvres maneuvers manoeuvred maneuvered
  mold mould moulds molds mouldy moldy
  story storey storeys stories
  curb kerb kerbs curbs
  draft draught draughts drafts
  license licence licences licenses
  practice practise practises practices practised practiced
  defense defence defences defenses
  offense offence offences offenses
  pretense pretence
  skeptic sceptic sceptics skeptics
  sulfur sulphur
  artifact artefact artefacts artifacts
  cozy cosy
  catalog catalogue catalogues catalogs
  dialog dialogue dialogues dialogs
  analog analogue
  fulfill fulfil fulfils fulfills
  enroll enrol enrols enrolls enrollment enrolment
  skillful skilful
  install instal installs instals installment instalment instalments installments
`);

/** Words of numbers, which are searched as their digits. */
export const numbers = families(`
  0 zero
  3 three third
  4 four fourth
  5 five fifth
  6 six sixth
  7 seven seventh
  8 eight eighth
  9 nine ninth
  10 ten tenth
  11 eleven eleventh
  12 twelve twelfth dozen
  13 thirteen thirteenth
  14 fourteen fourteenth
  15 fifteen fifteenth
  16 sixteen sixteenth
  17 seventeen seventeenth
  18 eighteen eighteenth
  19 nineteen nineteenth
  20 twenty twentieth
  30 thirty thirtieth
  40 forty fortieth
  50 fifty fiftieth
  60 sixty sixtieth
  70 seventy seventieth
  80 eighty eightieth
  90 ninety ninetieth
  100 hundred hundredth
  1000 thousand thousandth
  1000000 million millions millionth
`);

/** Spellings that are read as another one. */
export const spellings: readonly (readonly [RegExp, string])[] = [
  // "organize" is read as "organise": the other direction would separate "precise" from "precision".
  [/iz(e|es|ed|ing|er|ers|able|ation|ations|ational)$/, 'is$1'],
  [/yz(e|es|ed|ing|er|ers)$/, 'ys$1'],
  [/^(behavi|clam|col|endeav|fav|ferv|flav|glam|harb|hon|hum|lab|neighb|parl|rig|rum|sav|splend|tum|val|vap|vig|arm|od)our/, '$1or'],
  [/^((?:centi|kilo|milli)?met|cent|fib|lit|theat|calib|somb|spect|lust|meag|sab)re(s?)$/, '$1er$2'],
  [
    /^(cancel|channel|counsel|dial|duel|equal|fuel|initial|jewel|label|marvel|model|panel|quarrel|signal|total|travel|tunnel)l(ed|ing|er|ers)$/,
    '$1$2',
  ],
  [/^(an|arch|diarrh|encyclop|f|gyn|h|hom|leuk|medi|orthop|p)(?:ae|oe)(?=a|co|di|ma|mi|mo|o|st|tu|va)/, '$1e'],
  [/^oes(?=t?r|oph)/, 'es'],
];
