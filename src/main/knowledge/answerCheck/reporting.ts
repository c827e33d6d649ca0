/**
 * Words by which an answer tells where it has something from ("the manual indicates that…", "selon le document"). They are said of
 * any passage, and none needs to hold them. Folded, both languages.
 */
const words = new Set(
  (
    'according answer answers based contains describes described document documents given indicate indicates indicated information ' +
    'listed mention mentions mentioned noted passage passages provided question response says section shown source sources specified ' +
    'specifies specify state states stated text ' +
    'apres base basee bases basees contient decrit decrite extrait extraits fourni fournie indique indiquee indiquees indiquent ' +
    'indiques informations mentionne mentionnee mentionnees mentionnent mentionnes precise precisee precisent reponse selon signale ' +
    'signalee signalent specifie specifiee stipule stipulent texte textes'
  ).split(' '),
);

export const isReporting = (word: string): boolean => words.has(word);
