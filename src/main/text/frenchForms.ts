import { families } from './families';

/**
 * Forms that no stemmer unites and that are also searched as their head. The smallest numbers are included: they are too common to
 * be unified with their digits.
 */
export const irregular = families(`
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
`);

/** Words of numbers, which are searched as their digits. */
export const numbers = families(`
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
`);
