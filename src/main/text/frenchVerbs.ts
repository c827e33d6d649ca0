/**
 * French verbs whose forms no stemmer unites, by pattern: the ending of the infinitive, the beginnings of the verbs of this
 * pattern, and the endings of their forms. Folded.
 */
const patterns: readonly (readonly [infinitive: string, beginnings: string, forms: string])[] = [
  [
    'dre',
    'ven reven ren per mor tor distor ton fon refon confon pon repon correspon enten sousenten ten eten atten preten deten disten pen depen suspen fen defen descen redescen epan repan',
    'd ds dent dons dait daient dit dirent dra dront drait du due dus dues dant',
  ],
  [
    'indre',
    'pe repe depe te dete atte ete fe ce enfre restre etre astre cra pla contra jo rejo adjo conjo enjo disjo',
    'int ints inte intes ignent ignait ignaient ignit indra indront indrait ignant',
  ],
  [
    'uire',
    'cond recond prod reprod trad red introd sed ded end ind c n constr reconstr instr detr',
    'uit uits uite uites uisent uisait uisaient uisit uisirent uira uiront uirait uise uisant',
  ],
  [
    'crire',
    'e ree ins reins de pres sous trans pros circons',
    'crit crits crite crites crivent crivait crivaient crivit crira criront crirait crivant',
  ],
  [
    'mettre',
    'per pro com compro ad read re sou trans retrans o e de entre',
    'met mets mettent mettait mettaient mit mirent mettra mettront mettrait mis mise mises mette mettant',
  ],
  [
    'prendre',
    'com ap reap sur entre re me e',
    'prend prends prennent prenait prenaient prit prirent prendra prendront prendrait pris prise prises prenne prenant',
  ],
  [
    'venir',
    'de re inter pre con par sur sub pro sou contre circon adve',
    'vient viens viennent venait venaient vint vinrent viendra viendront viendrait venu venus venue venues vienne venant',
  ],
  [
    'tenir',
    'main ob con re de sou appar abs entre',
    'tient tiens tiennent tenait tenaient tint tinrent tiendra tiendront tiendrait tenu tenus tenue tenues tienne tenant',
  ],
  ['cevoir', 'aper con per de re', 'coit cois coivent cevait cevaient cut curent cevra cevront cevrait cu cue cus cues coive cevant'],
  ['voir', 'pre re entre pour', 'voit vois voient voyait voyaient vit virent verra verront verrait voira vu vus vue vues voie voyant'],
  [
    'courir',
    'par re se ac con dis en',
    'court courent courait couraient courut coururent courra courront courrait couru courus courue courues courant',
  ],
  ['ouvrir', 'r c dec rec entr', 'ouvre ouvres ouvrent ouvrait ouvraient ouvrit ouvrira ouvriront ouvert ouverte ouverts ouvertes ouvrant'],
  [
    'aitre',
    'conn reconn meconn par appar dispar reappar compar transpar',
    'ait ais aissent aissait aissaient ut urent aitra aitront aitrait u ue us ues aisse aissant',
  ],
  [
    'battre',
    ' com a de ra e',
    'bat bats battent battait battaient battit battirent battra battront battrait battu battue battus battues battant',
  ],
  ['rompre', ' inter cor', 'romps rompt rompent rompait rompit rompra rompu rompue rompus rompues rompant'],
  ['vaincre', ' con', 'vainc vaincs vainquent vainquait vainquit vaincra vaincu vaincue vaincus vaincues vainquant'],
  ['dire', 'inter contre pre me re de', 'dit dis disent disait disaient dira diront dirait dite dites disant'],
  ['querir', 'ac con re en', 'quiert quierent querait queraient quit quirent querra querront quis quise quises querant'],
  ['lire', 'e ree re', 'lit lis lisent lisait lut lurent lira liront lu lue lus lues lisant'],
  ['plaire', ' de com', 'plait plais plaisent plaisait plaira plaisant'],
  ['rire', ' sou', 'rit ris rient riait riaient riront'],
  ['fuir', ' en', 'fuit fuis fuient fuyait fuyaient fuira fui fuyant'],
  ['cueillir', ' ac re', 'cueille cueillent cueillait cueillaient cueillit cueillera cueilli cueillie cueillis cueillies'],
  ['suivre', 'pour', 'suit suis suivent suivait suivit suivra suivi suivie suivis suivies suivant'],
  ['vivre', 'sur re', 'vit vis vivent vivait vecut vivra vecu'],
  ['sentir', ' con pres res', 'sent sens sentent sentait sentit sentira senti sentie sentis sentant'],
  ['mentir', ' de', 'ment mens mentent mentait mentit mentira menti mentant'],
  ['partir', 're', 'part pars partent partait partit partira parti partie partis partant'],
  ['mouvoir', ' e pro', 'meut meuvent mouvait mut mouvra mu mue mus mues'],
  ['soudre', 're dis ab', 'sout solvent solvait solut soudra solu solue solus sous soute'],
  ['coudre', ' de re', 'coud cousent cousait cousu cousue cousus cousues coudra'],
  ['moudre', ' ', 'moud moulent moulait moulu moulue moulus moudra'],
  ['envoyer', ' r', 'envoie envoient enverra enverront enverrait'],
  ['vetir', ' re', 'vet vetent vetu vetue vetus vetues'],
];

/** Infinitives by their forms. */
export const infinitives: ReadonlyMap<string, string> = new Map(
  patterns.flatMap(([infinitive, beginnings, forms]) =>
    // A blank in front means the verb without any beginning.
    beginnings.split(' ').flatMap((beginning) => forms.split(' ').map((form) => [beginning + form, beginning + infinitive] as const)),
  ),
);

const derived: readonly (readonly [RegExp, string])[] = [
  [/^(.{2,})ives?$/, '$1if'],
  [/^(.{3,})trices?$/, '$1teur'],
  [/^(.{3,})euses?$/, '$1eur'],
  [/^(.{2,})gu(?:er|ent|ait|aient|ee|ees|ant)$/, '$1gation'],
  [/^(.{3,})qu(?:er|ent|ait|aient|ee|ees|ant)$/, '$1cation'],
  [/^(.{2,})fi(?:er|e|es|ee|ees|ent|ait|ant)$/, '$1fication'],
  [/^((?:.{2,})(?:n|d|l|t|c|m|g|h|r|i))eres?$/, '$1er'],
];

/** The masculine of a feminine form, or the noun of a verb, by their endings; null where the ending shows neither. */
export const related = (word: string): string | null => {
  for (const [pattern, form] of derived) if (pattern.test(word)) return word.replace(pattern, form);
  return null;
};
