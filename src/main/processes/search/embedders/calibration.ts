import type { Calibration } from '../api';
import type { Embedder } from './embedder';

const questions = [
  'How do I renew my passport?',
  'Quel est le prix du kilo de tomates ?',
  'Which bacteria live in hot springs?',
  'Comment résilier un contrat d’assurance ?',
  'When was the bridge over the river finished?',
  'Combien de joueurs compte une équipe de rugby ?',
  'How can I reset the router to its factory settings?',
  'Qui a composé cet opéra ?',
  'What is the boiling point of ethanol?',
  'Où déposer une demande de congé parental ?',
  'Why did the company change its accounting method?',
  'Comment tailler un rosier en hiver ?',
];
const passages = [
  'The committee approved the minutes of the previous meeting and moved on to the next item.',
  'Laissez reposer la pâte une heure à température ambiante avant de la façonner.',
  'The function returns a promise that is rejected when the file cannot be opened.',
  'Le locataire doit verser un dépôt de garantie égal à un mois de loyer.',
  'Glaciers carve valleys whose cross-section has the shape of the letter U.',
  'Les élèves de troisième passent le brevet à la fin du mois de juin.',
  'Patients were assigned at random to the treatment or to a placebo.',
  'La vis de fixation se trouve sous le capot arrière de l’appareil.',
  'Her second novel tells of a family of fishermen on the northern coast.',
  'Le bénéfice net a progressé de douze pour cent par rapport à l’exercice précédent.',
  'Check the pressure of the tyres every month, and before long journeys.',
  'Les abeilles communiquent la direction des fleurs par une danse.',
];

/** Embeds unrelated questions and passages and measures their cosines: 144 pairs. */
export const calibrate = async (embedder: Embedder): Promise<Calibration> => {
  const asked = await embedder.embedQueries(questions);
  const found = await embedder.embedPassages(passages);
  const cosines = asked.flatMap((question) =>
    found.map((passage) => question.reduce((sum, value, index) => sum + value * (passage[index] as number), 0)),
  );
  const mean = cosines.reduce((sum, value) => sum + value, 0) / cosines.length;
  const variance = cosines.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (cosines.length - 1);
  return { mean, deviation: Math.sqrt(variance) || 1 };
};
