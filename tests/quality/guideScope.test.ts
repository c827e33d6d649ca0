import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { programCueOf } from '@main/knowledge/guideScope';
import type { Retriever } from '@main/knowledge/retriever';
import { createSearchRetriever } from '@main/knowledge/searchRetriever';
import type { Helper } from '@main/processes/helper';
import { parseDocument } from '@main/processes/ingest/parseDocument';
import type { SearchApi, SearchQuery } from '@main/processes/search/api';
import { createSearchEngine, type SearchEngine } from '@main/processes/search/searchEngine';
import { createChangeBus } from '@main/store/changes';
import { defaultSettings } from '@shared/model';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { countingTelemetry } from '../integration/ingest/libraryFixture';
import { generalQuestions, newcomersQuestions } from './guideSet';
import { createLibraryFixture } from './libraryFixture';

/** Documents of a person, on purpose about subjects for which the guide has words too. */
const own: Record<string, string> = {
  lease: `The tenant pays a deposit of two months' rent. Either party may end the lease with three months' notice. The landlord keeps the keys of the cellar.`,
  exports: `Exports of the report: every quarter the accountant exports the report of sales as a table and sends it to the board. The export of wine to Japan grew by 12 %.`,
  customs: `Exporting goods needs a declaration at customs. Documents for export are kept for ten years in the blue folder of the office.`,
  backup: `The backup generator stands behind the mill. It starts by itself when the power fails and runs for six hours with a full tank.`,
  collection: `The collection of paintings of the museum holds forty works by Breton artists. The collection was given by Odile Kervran in 1931.`,
  library: `The municipal library opens at nine. Its readers borrow five books for three weeks. The library has no scanner.`,
  debate: `The council debate on the new bridge lasted four hours. The mayor started the debate; the opposition asked for another debate in June.`,
  model: `Boiler model BX-40 heats the school. Which model is fitted is written on the plate. The older model burned oil.`,
  provider: `The provider of water guarantees a pressure of three bars. The provider invoices each half-year. A change of provider takes a month.`,
  privacy: `Personal data of members is stored for three years in the locked cabinet of the secretary. Nobody sends member data over the internet.`,
  keyboard: `The organ has three keyboards. The upper keyboard was repaired in 1987 and has a short octave.`,
  theme: `The theme of the exhibition is light and dark in the theatre of the baroque. The theme of next year is travel.`,
  language: `The language of the contract is English; the French translation is for information. Changes of language need both signatures.`,
  answers: `Answers to the questionnaire were collected by the nurse. Half of the answers came late. The cost of an answer by post was one franc.`,
  conversation: `A conversation between the two captains was recorded in the log. The old conversation about the mooring was found again.`,
  window: `The window of the workshop does not open since the frost. A glazier was asked to repair the window.`,
  disk: `The disk of the harrow is worn. A full disk weighs eleven kilos. The brake disk of the tractor was changed in May.`,
  key: `The key of the safe hangs in the kitchen. Keys are given to new members against a signature. A lost key costs forty euros.`,
  search: `The search for the lost trawler ended on Friday. The coast guard searched with two helicopters.`,
  files: `Files of former pupils are deleted after thirty years. The school can delete a file at the request of the family.`,
  memory: `The archives of the port hold the memories of three pilots, written by Jeanne Le Goff in 1952. The gardener of the castle prunes the roses in March.`,
  bail: `Le locataire verse un dépôt de garantie d’un mois de loyer. Le préavis est de trois mois. Les clés sont rendues le jour de l’état des lieux.`,
  rapport: `L’export du rapport annuel se fait au format tableau. Pour exporter le rapport, le comptable remplit la demande bleue.`,
  sauvegarde: `La sauvegarde du patrimoine est confiée à l’association du moulin. La sauvegarde de la chapelle a coûté mille francs.`,
  debat: `Le débat sur le plan d’eau a été lancé par la maire. Le débat a duré trois heures et a été suivi d’un vote.`,
  donnees: `Les données des capteurs sont stockées dans la cave du barrage. Les données sont relevées chaque lundi par le garde.`,
  raccourcis: `Le raccourci par la forêt évite le pont. Les raccourcis sont interdits en hiver.`,
  fournisseur: `Le fournisseur de grain livre le mardi. Ajouter un fournisseur demande l’accord du conseil.`,
  modele: `Le modèle de lettre de résiliation figure en annexe. Quel modèle choisir dépend du contrat.`,
  langue: `La langue du contrat est le français. Les cours de langue ont lieu le soir.`,
  formats: `Les formats de papier acceptés par l’imprimeur sont A3 et A4. Les autres formats coûtent plus cher.`,
  cout: `Combien coûte une réponse du laboratoire : vingt euros par échantillon, la réponse arrive sous huit jours.`,
  fenetre: `La fenêtre de l’atelier ne s’ouvre plus. Un vitrier est venu pour la fenêtre.`,
};

const aboutProgram = [
  'How do I add a document?',
  'Where does the program keep my data?',
  'Does it work without an API key?',
  'Which file formats can I import?',
  'Can I use Ollama?',
  'Is my data sent to the internet?',
  'How do I start a debate?',
  'What are the keyboard shortcuts?',
  'How much does an answer cost?',
  'Why can my scanned PDF not be read?',
  'How do I restore a backup?',
  'Who are Anima, Neo and Nexus?',
  'What is a collection?',
  'How do I export a debate?',
  'Where are my API keys kept?',
  'Can I stop an answer while it is being written?',
  'How do I find an old conversation?',
  'Can I use this app offline?',
  'How do I switch to dark mode?',
  'How do I change the language of the interface?',
  'What does this program do?',
  'How does Emergence work?',
  'Can I edit a question I already sent?',
  'How do I add a provider?',
  'How do I make a conversation private?',
  'What does this program remember about me?',
  'Où sont stockées mes données ?',
  'Comment ajouter un document ?',
  'Faut-il une clé API pour commencer ?',
  'Quels formats de fichiers sont acceptés ?',
  'Puis-je utiliser un modèle local comme Ollama ?',
  'Mes documents sont-ils envoyés sur internet ?',
  'Comment lancer un débat ?',
  'Quels sont les raccourcis clavier ?',
  'Combien coûte une réponse ?',
  'Pourquoi mon PDF numérisé n’est-il pas lu ?',
  'Comment restaurer une sauvegarde ?',
  'Qui sont AnimA, Neo et Nexus ?',
  'Comment supprimer définitivement un fichier ?',
  'À quoi sert une collection ?',
  'Comment changer la langue de l’interface ?',
  'Comment utiliser cette application hors ligne ?',
  'Comment fonctionne Emergence ?',
  'Comment retrouver une ancienne conversation ?',
];
const aboutDocuments = [
  'How do I export the report?',
  'How do I export wine to Japan?',
  'Which documents are needed for export?',
  'How many months of deposit does the tenant pay?',
  'How can I end the lease?',
  'Where is the backup generator?',
  'How long does the backup generator run?',
  'What is in the collection of paintings?',
  'Who gave the collection?',
  'When does the library open?',
  'How many books can I borrow from the library?',
  'How long did the debate last?',
  'Who started the debate on the bridge?',
  'Which model of boiler is fitted?',
  'What does the provider of water guarantee?',
  'How long does a change of provider take?',
  'Where is personal data of members stored?',
  'Is member data sent over the internet?',
  'How many keyboards does the organ have?',
  'What is the theme of the exhibition?',
  'What is the language of the contract?',
  'Who collected the answers to the questionnaire?',
  'What did an answer by post cost?',
  'What was the conversation of the captains about?',
  'Why does the window of the workshop not open?',
  'How heavy is a full disk of the harrow?',
  'Where is the key of the safe?',
  'What does a lost key cost?',
  'When did the search for the trawler end?',
  'When are files of former pupils deleted?',
  'Can the school delete a file?',
  'What is the rent?',
  'Who repaired the keyboard of the organ?',
  'How do I start the generator?',
  'Where are documents for export kept?',
  'Who wrote the memories of the pilots?',
  'When does the gardener prune the roses?',
  'deposit tenant',
  'export report',
  'debate bridge',
  'collection paintings',
  'When was the brake disk changed?',
  'Comment exporter le rapport annuel ?',
  'Quel est le préavis ?',
  'Combien de loyers pour le dépôt de garantie ?',
  'Quand les clés sont-elles rendues ?',
  'À qui est confiée la sauvegarde du patrimoine ?',
  'Combien a coûté la sauvegarde de la chapelle ?',
  'Qui a lancé le débat sur le plan d’eau ?',
  'Combien de temps a duré le débat ?',
  'Où sont stockées les données des capteurs ?',
  'Qui relève les données ?',
  'Quels raccourcis sont interdits ?',
  'Quand livre le fournisseur de grain ?',
  'Comment ajouter un fournisseur de grain ?',
  'Quel modèle de lettre choisir ?',
  'Quelle est la langue du contrat ?',
  'Quand ont lieu les cours de langue ?',
  'Quels formats de papier sont acceptés par l’imprimeur ?',
  'Combien coûte une réponse du laboratoire ?',
  'Pourquoi la fenêtre de l’atelier ne s’ouvre plus ?',
  'Qui est venu pour la fenêtre ?',
  'Que dit le bail sur les clés ?',
  'Qui est le maire de Brest ?',
  'What is the capital of Peru?',
  'What do my documents say about the deposit?',
  'Que disent mes documents sur le préavis ?',
  'In my documents, who gave the collection?',
  'D’après mes documents, où sont les données des capteurs ?',
];

const guide = resolve('resources/guide');
let dataFolder: string;
let engine: SearchEngine;
let retriever: Retriever;
let library: ReturnType<typeof createLibraryFixture>;

beforeAll(async () => {
  dataFolder = mkdtempSync(join(tmpdir(), 'emergence-scope-'));
  library = createLibraryFixture(dataFolder);
  const pages = ['en', 'fr'].flatMap((language) => readdirSync(join(guide, language)).map((name) => `guide/${language}/${name}`));
  for (const name of pages) {
    const parsed = await parseDocument({ path: resolve('resources', name), fileName: name });
    library.add([{ id: name, title: parsed.title ?? name, text: parsed.text }], () => parsed.chunks);
  }
  library.add(
    Object.entries(own).map(([id, text]) => ({ id, title: id, text })),
    ({ text }) => [{ start: 0, end: text.length }],
  );
  library.database.exec("INSERT INTO collections(id, parent_id, name, origin, created_at) VALUES ('guide', NULL, 'Guide', 'guide', 0)");
  for (const name of pages)
    library.database.prepare("INSERT INTO document_collections (document_id, collection_id) VALUES (?, 'guide')").run(name);
  engine = await createSearchEngine({
    dataFolder,
    resourcesFolder: resolve('resources'),
    embedder: { id: 'bundled', kind: 'bundled' },
    onEmbedderError: (error) => {
      throw error;
    },
  });
  for (const id of [...pages, ...Object.keys(own)]) await engine.indexVersion({ versionId: id });
  retriever = createSearchRetriever({
    db: library.database,
    search: { call: (_method: string, query: SearchQuery) => engine.search(query) } as unknown as Pick<Helper<SearchApi>, 'call'>,
    changes: createChangeBus(),
    telemetry: countingTelemetry(),
    settings: () => defaultSettings,
  });
}, 120_000);
afterAll(async () => {
  await engine.close();
  library.close();
  rmSync(dataFolder, { recursive: true, force: true });
});

const pagesFound = async (query: string): Promise<{ guide: number; first: string }> => {
  const { passages } = await retriever.search({ query, collectionIds: [], documentIds: [], mode: 'hybrid', limit: 12 });
  return {
    guide: passages.filter(({ versionId }) => versionId.startsWith('guide/')).length,
    first: passages[0]?.versionId ?? '',
  };
};

test("finds the guide beside the person's own documents for questions about the program", async () => {
  const missed: string[] = [];
  for (const query of aboutProgram) if ((await pagesFound(query)).guide === 0) missed.push(`${query} (${programCueOf(query)})`);
  expect(missed.length, missed.join('\n')).toBeLessThanOrEqual(3);
});

test('never answers questions about documents from the guide', async () => {
  const taken: string[] = [];
  for (const query of aboutDocuments) if ((await pagesFound(query)).guide > 0) taken.push(query);
  expect(taken).toEqual([]);
});

test('searches the guide as usual without own documents, and in its own collection', async () => {
  const query = 'How long did the debate last?';
  const chosen = await retriever.search({ query, collectionIds: ['guide'], documentIds: [], mode: 'hybrid', limit: 5 });
  expect(chosen.passages.length).toBeGreaterThan(0);
  const documents = Object.keys(own)
    .map((id) => `'${id}'`)
    .join();
  library.database.exec(`UPDATE documents SET deleted_at = 1 WHERE id IN (${documents})`);
  const alone = await retriever.search({ query: 'old conversation', collectionIds: [], documentIds: [], mode: 'hybrid', limit: 5 });
  library.database.exec(`UPDATE documents SET deleted_at = NULL WHERE id IN (${documents})`);
  expect(alone.passages.every(({ versionId }) => versionId.startsWith('guide/'))).toBe(true);
  expect(alone.passages.length).toBeGreaterThan(0);
});

test('without own documents gives a model pages of the guide only for questions that they answer', async () => {
  const documents = Object.keys(own)
    .map((id) => `'${id}'`)
    .join();
  library.database.exec(`UPDATE documents SET deleted_at = 1 WHERE id IN (${documents})`);
  const ask = (query: string) => retriever.search({ query, collectionIds: [], documentIds: [], mode: 'hybrid', limit: 12, guide: 'sure' });
  const missed: string[] = [];
  for (const [query] of newcomersQuestions) if ((await ask(query)).passages.length === 0) missed.push(query);
  const taken: string[] = [];
  for (const query of generalQuestions) {
    const { passages, support } = await ask(query);
    if (passages.length > 0 || support !== 'none') taken.push(query);
  }
  library.database.exec(`UPDATE documents SET deleted_at = NULL WHERE id IN (${documents})`);
  expect(missed.length, missed.join('\n')).toBeLessThanOrEqual(1);
  expect(taken.length, taken.join('\n')).toBeLessThanOrEqual(1);
}, 120_000);
