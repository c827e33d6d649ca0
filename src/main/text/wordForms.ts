import { fold } from '@shared/text/fold';
import { withoutAttached } from './attachedWords';
import { infinitives, related } from './frenchVerbs';
import type { Language } from './languages';

/** Forms that no stemmer unites. One family a line, its head first; each form maps to its head, all folded. */
const families = (list: string): Map<string, string> => {
  const forms = new Map<string, string>();
  for (const line of list.trim().split('\n')) {
    const [head, ...others] = fold(line).trim().split(/\s+/);
    for (const form of others) forms.set(form, head as string);
  }
  return forms;
};

/**
 * Forms that are also searched as their head. The smallest numbers are included: they are too common to be unified with their
 * digits.
 */
const irregular = {
  en: families(`
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
  `),
  fr: families(`
    1 premier premiere premiers premieres
    2 deux deuxieme second seconde
    bijou bijoux
    genou genoux
    caillou cailloux
    chou choux
    tuyau tuyaux
    blanc blanche blanches
    franc franche franches
    sec seche seches
    frais fraiche fraiches
    public publique publiques
    grec grecque grecques
    doux douce douces
    faux fausse fausses
    roux rousse
    jaloux jalouse jalouses
    gros grosse grosses
    gras grasse grasses
    bas basse basses
    epais epaisse epaisses
    gentil gentille gentilles
    nul nulle nulles
    long longue longues
    acheter achat achats
    choisir choix
    deceder deces
    louer location locations
    gerer gestion
    livrer livraison livraisons
    signer signature signatures
    fermer fermeture fermetures
    an annee annees ans
    œil yeux
    ciel cieux
    aieul aieux
    travail travaux
    bail baux
    vitrail vitraux
    corail coraux
    email emaux
    mademoiselle mesdemoiselles
    madame mesdames
    monsieur messieurs
    beau bel belle belles beaux
    nouveau nouvel nouvelle nouvelles nouveaux
    vieux vieil vieille vieilles
    fou fol folle folles fous
    aller vais va vont allons allez allait allaient ira irai iront irons irait iraient alle allee alles aille aillent
    devoir dois devons devez du due dus dues devait devaient devra devront devrait devraient
    venir vient viens viennent venons venez venait vint vinrent viendra viendront viendrait venu venus venue venues vienne
    tenir tient tiens tiennent tenons tenait tint tiendra tiendront tiendrait tenu tenus tenue tenues tienne
    prendre prend prends prennent prenons prenait prit prirent prendra prendront pris prise prises prenne
    comprendre comprend comprends comprennent comprenait comprit compris comprise comprises
    apprendre apprend apprends apprennent apprenait apprit appris apprise apprises
    mettre met mets mettent mettons mettait mit mirent mettra mettront mis mise mises mette
    permettre permet permettent permettait permit permettra permis permise permises
    voir vois voit voient voyons voyez voyait voyaient vit virent verra verront vu vus vue vues
    savoir sais sait savent savons savait savaient sut saura sauront su sus sache sachent
    vouloir veux veut veulent voulons voulait voulaient voulut voudra voudrait voulu voulus voulue veuille veuillez
    recevoir recois recoit recoivent recevait recut recevra recu recus recue recues
    boire bois boit boivent buvons buvait but boira boiront bu bus bue
    croire croit crois croient croyait crut croira cru crue
    dire dis disent disait dirent dira diront dits dite dites
    ecrire ecrit ecris ecrivent ecrivait ecrivit ecrira ecrite ecrits ecrites
    lire lecture lectures lit lis lisent lisait lut lira lu lus lue lues
    vivre vit vis vivent vivait vecut vivra vecu
    suivre suit suis suivent suivait suivit suivra suivi suivie suivis
    conduire conduit conduis conduisent conduisait conduira conduite conduits
    construire construit construisent construisait construisit construira construits construite construites
    detruire detruit detruisent detruisait detruisit detruira detruits detruite detruites
    produire produit produisent produisait produisit produira produits produite produites
    ouvrir ouverture ouvertures ouvre ouvres ouvrent ouvrait ouvrit ouvrira ouvert ouverte ouverts ouvertes
    offrir offre offrent offrait offrit offrira offert offerte offerts offertes
    couvrir couvre couvrent couvrait couvrit couvrira couvert couverte couverts couvertes
    souffrir souffre souffrent souffrait souffert
    courir court courent courait courut courra couru
    mourir meurt meurent mourait mourut mourra mort morts morte mortes
    naitre naissance naissances nait naissent naissait naquit naitra ne nee nes nees
    connaitre connait connais connaissent connaissait connut connaitra connu connus connue connues
    paraitre parait paraissent paraissait parut paraitra paru parue parus
    vendre vend vends vendent vendait vendit vendra vendu vendus vendue vendues
    rendre rend rends rendent rendait rendit rendra rendu rendus rendue rendues
    perdre perd perds perdent perdait perdit perdra perdu perdus perdue perdues
    attendre attend attends attendent attendait attendit attendra attendu attendus attendue
    repondre repond reponds repondent repondait repondit repondra repondu
    partir part pars partent partait partit partira parti partie partis
    sortir sort sors sortent sortait sortit sortira
    dormir dort dors dorment dormait dormit dormira dormi
    servir sert sers servent servait servit servira servi
    acheter achete achetent acheta achetera
    payer paie paient paye payent paiera paieront
    jeter jette jettent jettera jeta
    appeler appelle appellent appellera
    lever leve levent levera
    mener mene menent menera
    peser pese pesent pesera
    resoudre resout resolvent resolvait resolu resolue resolus
    craindre craint craignent craignait craindra
    peindre peint peignent peignait peindra peints peinte peintes
    joindre joint joignent joignait joindra joints jointe jointes
    eteindre eteint eteignent eteignait eteindra eteinte
    asseoir assis assise assied assoit
    falloir fallait fallu faudra faudrait
    valoir vaut valent valait valut vaudra valu
    pleuvoir pleut pleuvait pleuvra plu
    acquerir acquiert acquierent acquerait acquit acquis acquise
  `),
} as const;

const american: readonly (readonly [RegExp, string])[] = [
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

const numbers = {
  en: families(`
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
  `),
  fr: families(`
    0 zero
    3 trois troisieme
    4 quatre quatrieme
    5 cinq cinquieme
    6 six sixieme
    7 sept septieme
    8 huit huitieme
    9 neuf neuvieme
    10 dix dixieme
    11 onze onzieme
    12 douze douzieme douzaine
    13 treize treizieme
    14 quatorze quatorzieme
    15 quinze quinzieme quinzaine
    16 seize seizieme
    20 vingt vingtieme vingts vingtaine
    30 trente trentieme trentaine
    40 quarante quarantieme quarantaine
    50 cinquante cinquantieme cinquantaine
    60 soixante soixantieme
    70 septante
    80 octante huitante
    90 nonante
    100 cent centieme cents centaine
    1000 mille millieme
    1000000 million millions
  `),
} as const;

const diminutives = { en: /^(.{4,})(?:lets?|lings?|ettes?)$/, fr: /^(.{4,}?)n?(?:ettes?|elets?|elettes?)$/ } as const;

/** The digits of a number word; null for a word that is no number in the language. */
export const numberOfWord = (word: string, language: 'en' | 'fr'): string | null => {
  const head = numbers[language].get(word) ?? irregular[language].get(word);
  return head !== undefined && /^\d/.test(head) ? head : null;
};

const ordinals = { en: /^(\d+)(?:st|nd|rd|th)$/, fr: /^(\d+)(?:er|ere|e|eme|ieme|es|emes|nd|nde)$/ } as const;

/** The form in which a folded word of the language is searched: mostly itself; digits for a number, one spelling for two. */
export const plainForm = (word: string, language: 'en' | 'fr'): string => {
  const first = word.charCodeAt(0);
  if (first >= 48 && first <= 57)
    return (ordinals[language].exec(word) ?? ordinals[language === 'en' ? 'fr' : 'en'].exec(word))?.[1] ?? word;
  const number = numbers[language].get(word);
  if (number !== undefined) return number;
  if (language === 'en' && word.length > 4)
    for (const [pattern, replacement] of american) if (pattern.test(word)) return word.replace(pattern, replacement);
  return word;
};

/** Prefixes that make another verb and keep its forms: "overtook", "rewritten". */
const beginnings = /^(re|under|un|over|with|out|mis|fore|up)(?=.{3})/;
const prefixed = (word: string): string | null => {
  const beginning = beginnings.exec(word)?.[1];
  const head = beginning && irregular.en.get(word.slice(beginning.length));
  return beginning && head && !/^\d/.test(head) ? beginning + head : null;
};

/**
 * The base of an irregular form, a feminine, a diminutive, or a word with attached particles; the form is also searched as its
 * base. Null for others.
 */
export const baseForm = (word: string, language: Language): string | null => {
  const attached = withoutAttached(word);
  if (attached !== null || language === 'other') return attached;
  const irregularOf = irregular[language].get(word) ?? (language === 'en' ? prefixed(word) : infinitives.get(word));
  return irregularOf ?? diminutives[language].exec(word)?.[1] ?? (language === 'fr' ? related(word) : null);
};
