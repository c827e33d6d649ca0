import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createSearchEngine } from '@main/processes/search/searchEngine';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createLibraryFixture } from '../../quality/libraryFixture';
import { moreTargets } from './moreWrittenForms';

const checksum = (middle: string): string =>
  `c41f0a96be3d5217a08b64fe93dc1075e2ab8846f0d91c3b7f25e6a1${middle}40d8c9e7b1f35a62047be9d81c6f20a3b574e8d1902fc6ab37d5e4801b9c2f6d`;

/** A text, and the questions that must find it among the first three, with support. */
const targets: readonly (readonly [string, string, readonly string[]])[] = [
  [
    'may',
    'The barges come back in May when the ice is gone.',
    ['What happens in May?', 'May', 'what happens in may?', 'what about "may"?'],
  ],
  ['will', 'The will of Aunt Berthe lies in an iron box.', ['Where is the will?', 'will of Aunt Berthe', 'Who has the will?', 'the will']],
  ['us', 'The US depot was closed by frost.', ['US', 'What does the US do?', 'US depot']],
  ['it', 'Passwords are reset by IT on the second floor.', ['IT', 'What does IT do?', 'Where is IT?']],
  ['who', 'A leaflet of the WHO hangs beside the sink.', ['WHO', 'What does the WHO say?', 'What does "WHO" say?']],
  ['no', 'The sensor emits NO at night.', ['NO', 'What emits NO?', 'NO sensor']],
  ['am', 'The AM band is full of static near the coast.', ['AM', 'What about the AM band?']],
  ['can', 'The can rusts behind the shed.', ['Where is the can?', 'What does the can do?', 'can']],
  ['or', 'On a pesé l’or de la couronne deux fois.', ['or', 'Que vaut l’or ?', "prix de l'or", 'L’OR', 'Que sait-on de "or" ?']],
  ['ete', 'Les vaches montent en été vers les alpages.', ['été', 'Que fait-on en été ?', "Que se passe-t-il l'été ?"]],
  ['car', 'Pour la sortie, le car attendra devant le phare.', ['car', 'Où est le car ?', 'Où attendra le car ?']],
  ['est', 'La façade regarde vers l’est et les vignes.', ['Que regarde-t-on vers l’est ?', 'façade est', 'Est']],
  ['pas', 'Un pas de tir fut creusé dans la dune.', ['pas de tir', 'Où est le pas ?']],
  ['son', 'Le son du moulin porte loin dans la vallée.', ['Qu’est-ce que le son ?', 'le son du moulin', 'son']],
  ['mais', 'Le maïs est récolté en octobre.', ['maïs', 'Quand est-ce que le maïs est récolté ?', 'le maïs']],
  ['vers', 'Les vers du poète sont gravés sur la pierre.', ['Où sont les vers ?', 'vers']],
  ['etre', 'L’être humain dort huit heures.', ['Que fait l’être humain ?', 'être humain']],
  ['vitD', 'La vitamine D se prend en hiver.', ['vitamine D', 'Quand prendre la vitamine D ?']],
  [
    'camel',
    'Call getUserByEmailAddress before you greet the guest.',
    [
      'getUserByEmailAddress',
      'get user by email address',
      'user email address',
      'get_user_by_email_address',
      'get-user-by-email-address',
      'GetUserByEmailAddress',
      'getuserbyemailaddress',
      'GET_USER_BY_EMAIL_ADDRESS',
    ],
  ],
  [
    'snake',
    'Fill total_gross_amount after the last delivery.',
    ['totalGrossAmount', 'total gross amount', 'total-gross-amount', 'TotalGrossAmount', 'TOTAL_GROSS_AMOUNT'],
  ],
  ['kebab', 'Set the flag enable-night-mode in the file.', ['enableNightMode', 'enable_night_mode', 'enable night mode', 'night mode']],
  ['spaced', 'Please compute the average order value for each shop.', ['averageOrderValue', 'average_order_value', 'average-order-value']],
  ['wifi', 'Guests reach the Wi-Fi from the veranda.', ['wifi', 'wi-fi', 'WiFi', 'wi fi', 'Wi‑Fi']],
  ['wifi2', 'Le code du wifi est affiché dans la cuisine.', ['wi-fi code', 'code wifi', 'code du Wi-Fi']],
  ['mail', 'Answer each E-mail within two days.', ['email', 'e-mail', 'E mail', 'emails', 'e-mails']],
  ['database', 'The database is copied on Sundays.', ['data base', 'data-base', 'database', 'databases', 'dataBase']],
  ['datab2', 'A data base of herbs was written by the monks.', ['herbs database', 'herb data-base']],
  ['porte', 'Le porte-monnaie est dans le tiroir du bas.', ['portemonnaie', 'porte monnaie', 'porte-monnaie', 'porte-monnaies']],
  ['weekend', 'Le chalet est loué le week-end.', ['weekend', 'week-end', 'week end', 'weekends']],
  [
    'https',
    'An HTTPSConnectionPool is shared by all workers.',
    ['https connection pool', 'HTTPS_CONNECTION_POOL', 'connection pool', 'httpsConnectionPool'],
  ],
  ['german', 'Der Mietvertrag liegt beim Anwalt.', ['Miete Vertrag', 'Miet-Vertrag', 'Mietvertrag']],
  ['german2', 'Die Kündigung hat eine Frist von drei Monaten.', ['Kündigungsfrist']],
  ['n1000', 'La caution est de 1 000 euros.', ['1000 euros', '1,000', '1.000 euros', "1'000", '1 000', '1 000 €']],
  ['n2500', 'The fee is 2,500 dollars a year.', ['2500', '2 500', '2.500', 'fee 2500']],
  ['n4712', 'The counter reads 4712345 turns.', ['4 712 345', '4,712,345', '4.712.345']],
  ['pct', 'Le taux est de 12,5 % par an.', ['12.5%', '12,5 %', '12,50 %', 'taux 12.5']],
  ['ordinal', 'The 3rd gate is locked; the 7th step creaks.', ['third gate', 'seventh step', '3rd gate', '7th']],
  ['twelve', 'Twelve oak barrels were delivered by boat.', ['12 barrels', 'twelve barrels', 'a dozen barrels']],
  ['douze', 'Le bail dure trente-six lunes.', ['36 lunes', '36']],
  ['siecle', 'L’abbaye date du XIIe siècle.', ['12e siècle', '12ème siècle', 'XIIe siècle', 'douzième siècle']],
  ['louis', 'Louis XIV aimait les jardins.', ['Louis 14', 'Louis XIV']],
  [
    'tel',
    'Téléphone du plombier : 01 23 45 67 89.',
    ['0123456789', '01.23.45.67.89', '+33 1 23 45 67 89', '01-23-45-67-89', '+33123456789'],
  ],
  ['tel2', 'Call the vet at (555) 867-5309.', ['5558675309', '555-867-5309', '555 867 5309', '+1 555 867 5309']],
  [
    'date',
    'Le contrat est signé le 5 mars 2024.',
    ['2024-03-05', '05/03/2024', 'March 5, 2024', '5 March 2024', '5.3.2024', '5 mars', 'signed on 5th March 2024'],
  ],
  [
    'date2',
    'The audit took place on 2023-11-17.',
    ['17 novembre 2023', 'November 17, 2023', '17/11/2023', '17.11.2023', 'Nov 17 2023', '20231117'],
  ],
  ['iban', 'IBAN: FR76 3000 6000 0112 3456 7890 189', ['FR7630006000011234567890189', 'FR76 3000 6000 0112 3456 7890 189']],
  ['iban2', 'Pay to DE89370400440532013000 please.', ['DE89 3704 0044 0532 0130 00']],
  ['isbn', 'ISBN 978-2-07-036024-5', ['9782070360245', '978 2 07 036024 5', '978-2070360245']],
  ['no12', 'Annexe n° 47 : plan des caves.', ['No. 47', 'nº47', 'annexe 47', '№ 47', 'numéro 47']],
  [
    'hash',
    `The tarball has the sum ${checksum('5d0c1b7e2')} and a nonce.`,
    [checksum('5d0c1b7e2'), 'c41f0a9', 'c41f0a96be3d', 'c41f0a96be3d5217'],
  ],
  ['hash2', `The tarball has the sum ${checksum('5d0c1b7f9')} and no nonce.`, [checksum('5d0c1b7f9')]],
  ['sha', 'Fixed in commit 4f9c2e1 by the cook.', ['4f9c2e1d7a8b3c5e6f708192a3b4c5d6e7f80910', '4f9c2e1']],
  ['longname', `The folder ${'verylongname'.repeat(8)} is empty.`, ['verylongname'.repeat(8)]],
  [
    'path',
    'Edit src/main/processes/search/index.ts before release.',
    ['src/main/processes/search/index.ts', 'processes/search/index.ts', 'index.ts'],
  ],
  ['winpath', 'Open C:\\Users\\odile\\ledger.xlsx now.', ['C:\\Users\\odile\\ledger.xlsx', 'ledger.xlsx']],
  [
    'url',
    'The drawing is at https://plans.phare.example/lens/fresnel-0815?sheet=3 since Monday.',
    ['fresnel-0815', 'https://plans.phare.example/lens/fresnel-0815?sheet=3', 'plans.phare.example'],
  ],
  ['addr', 'Ask marthe.legoff@port-neuf.example about the ropes.', ['marthe.legoff@port-neuf.example', 'legoff', 'port-neuf']],
  ['ver', 'Since v2.10.3 the lamp dims at dawn.', ['v2.10.3', '2.10.3', 'version 2.10.3']],
  ['ver2', 'Since v2.1.3 the horn is silent at dawn.', ['v2.1.3', '2.1.3']],
  ['cpp', 'The tool is written in C++ by a student.', ['C++', 'tool in C++', 'c++']],
  ['csharp', 'The plugin is written in C# by a student.', ['C#', 'plugin C#', 'c#']],
  ['c', 'The driver is written in C by a student.', ['C', 'driver in C']],
  ['fsharp', 'The report is written in F# by a student.', ['F#']],
  ['dotnet', 'The service runs on .NET eight.', ['.NET', 'dotnet', '.net service']],
  ['deco', 'The decorator @override marks the method.', ['@override', 'override decorator']],
  ['err', 'E0308 means mismatched types; ORA-00942 a table that is absent.', ['E0308', 'ORA-00942', 'ora 00942', 'ORA00942']],
  ['hres', 'Code 0x80070005 is a refusal.', ['0x80070005', '80070005']],
  [
    'utf8',
    'Call utf8Decode before HTTP2Server starts; OAuth2Token expires.',
    ['utf8Decode', 'utf8 decode', 'HTTP2Server', 'http2 server', 'oauth2 token', 'OAuth2Token', 'utf8_decode'],
  ],
  ['apos', 'Capitaine O’Brien habite presqu’île de Crozon.', ["O'Brien", 'OBrien', 'obrien', 'presqu’île']],
  ['liga', 'The oﬃce ﬂoor is waxed.', ['office floor']],
  ['shy', 'The con\u00adser\u00adva\u00adtory is heated.', ['conservatory']],
  ['nfd', 'Le ble\u0301 est moulu a\u0300 la me\u0301tairie.', ['métairie', 'metairie']],
  ['full', 'Room ２０４７ is on the top floor.', ['2047', 'room 2047']],
  ['greek', 'Η συμφωνία υπογράφηκε στην Αθήνα.', ['συμφωνία', 'ΣΥΜΦΩΝΙΑ', 'Αθήνα']],
  ['cyr', 'Договор подписан в Москве.', ['договор', 'ДОГОВОР']],
  ['cjk', '船舶编号：CB-2031-0446，泊位七号。', ['CB-2031-0446', '船舶', '泊位']],
  ['time', 'La réunion commence à 14h30.', ['14:30', '14h30', '2:30 pm']],
  ['mice', 'Mice gnawed the sacks of grain.', ['mouse', 'mouse sacks', 'Did a mouse gnaw the sacks?']],
  ['went', 'Odile went to Brest by coach.', ['Where did Odile go?', 'go to Brest']],
  ['bought', 'The abbey bought forty hives.', ['Who buys hives?', 'buy hives']],
  ['children', 'Children pay half at the ferry.', ['child ferry', 'What does a child pay?']],
  ['yeux', 'Il a les yeux verts et une cicatrice.', ['œil vert', 'oeil']],
  ['boivent', 'Les chevaux boivent à la fontaine.', ['Où boire ?', 'cheval fontaine', 'Où boit le cheval ?']],
  ['colour', 'The colour of the hull is grey.', ['color of the hull', 'gray hull', 'hull color']],
  ['organise', 'They organise a travelling circus.', ['organize circus', 'traveling circus', 'organizing the circus']],
  ['maisonnette', 'La maisonnette du garde est vide.', ['maison du garde', 'maison']],
  ['plural', 'The invoices are filed by the bursar.', ['invoice', 'Who files an invoice?', 'filing']],
  ['syn', 'The automobile is parked behind the dairy.', ['Where is the car parked?']],
  ['cross', 'Le loyer est payable le premier lundi.', ['When is the rent due?', 'rent']],
  ['cross2', 'The dog sleeps in the barn.', ['Où dort le chien ?', 'chien']],
];

/** Everyday sentences among which the targets must be found. */
const crowd = Array.from({ length: 240 }, (_, index) => {
  const pick = (list: readonly string[], step: number): string => list[(index * step + (index >> 3)) % list.length] as string;
  const en = `The ${pick(['ferryman', 'weaver', 'ringer', 'shepherd', 'cooper'], 1)} ${pick(['mends', 'guards', 'sweeps', 'sketches'], 3)} the ${pick(['barn', 'cart', 'well', 'chapel', 'hedge', 'quay'], 5)} ${pick(['after supper', 'on market days', 'in the rain', 'with a neighbour'], 7)}.`;
  const fr = `Le ${pick(['tisserand', 'berger', 'passeur', 'sonneur'], 1)} ${pick(['balaie', 'garde', 'dessine', 'mure'], 3)} ${pick(['la grange', 'le puits', 'la haie', 'le quai'], 5)} ${pick(['après la pluie', 'les jours de foire', 'avec un voisin'], 7)}.`;
  return { id: `crowd-${index}`, title: `crowd-${index}`, text: `${index % 2 ? en : fr} ${index % 2 ? fr : en} Lot x${index}y.` };
});

/** A library of the crowd and some of the targets: all targets in one would answer each other's questions. */
const openHouse = async (own: typeof targets) => {
  const dataFolder = mkdtempSync(join(tmpdir(), 'emergence-forms-'));
  const library = createLibraryFixture(dataFolder);
  const documents = [...crowd, ...own.map(([id, text]) => ({ id, title: id, text }))];
  library.add(documents, ({ text }) => [{ start: 0, end: text.length }]);
  const engine = await createSearchEngine({
    dataFolder,
    resourcesFolder: resolve('resources'),
    embedder: { id: 'bundled', kind: 'bundled' },
  });
  for (const { id } of documents) await engine.indexVersion({ versionId: id });
  const close = async (): Promise<void> => {
    await engine.close();
    library.close();
    rmSync(dataFolder, { recursive: true, force: true });
  };
  return { ask: (query: string) => engine.search({ query, mode: 'hybrid', limit: 20, versionIds: null }), close };
};

let house: Awaited<ReturnType<typeof openHouse>>;
let other: typeof house;
beforeAll(async () => {
  house = await openHouse(targets);
  other = await openHouse(moreTargets);
}, 60_000);
afterAll(async () => {
  await house.close();
  await other.close();
});
const ask = (query: string) => house.ask(query);

test.each([...targets, ...moreTargets])('finds %s in any spelling of its words', async (id, _text, questions) => {
  const { ask: askIts } = targets.some(([one]) => one === id) ? house : other;
  for (const question of questions) {
    const { passages, support } = await askIts(question);
    const rank = passages.findIndex(({ versionId }) => versionId === id) + 1;
    expect({ question, support, rank: rank > 0 && rank <= 3 ? 'among three' : rank }).toEqual({
      question,
      support: expect.stringMatching(/strong|weak/),
      rank: 'among three',
    });
  }
});

test('distinguishes names that differ in one letter', async () => {
  const apart = {
    [checksum('5d0c1b7e2')]: 'hash',
    [checksum('5d0c1b7f9')]: 'hash2',
    'C++': 'cpp',
    'C#': 'csharp',
    'F#': 'fsharp',
    'v2.10.3': 'ver',
    'v2.1.3': 'ver2',
  };
  for (const [query, id] of Object.entries(apart)) expect([query, (await ask(query)).passages[0]?.versionId]).toEqual([query, id]);
});

test('marks a match in another spelling in the passage', async () => {
  const marked = async (query: string) => {
    const [first] = (await ask(query)).passages;
    return first?.matches.map(([start, end]) => first.text.slice(start, end));
  };
  expect(await marked('get user by email address')).toEqual(['getUserByEmailAddress']);
  expect(await marked('33123456789')).toEqual(['01 23 45 67 89']);
  expect(await marked('17/11/2023')).toEqual(['2023-11-17']);
});

test('reports no match for unknown words, and no support for pieces of words', async () => {
  for (const query of ['xqzt blorf', 'zzgrmpf'])
    expect([query, await ask(query)]).toEqual([query, expect.objectContaining({ matched: false, support: 'none' })]);
  expect(await ask('US depot')).toMatchObject({ matched: true });
});

test('splits a question of a hundred thousand signs without delay', async () => {
  const short = performance.now();
  await ask('1 000 May 5 a-b get_user '.repeat(40));
  const base = performance.now() - short;
  const long = performance.now();
  await ask('1 000 May 5 a-b get_user '.repeat(4_000));
  // A hundred times the text: far less than the ten thousand times of a quadratic algorithm.
  expect((performance.now() - long) / Math.max(base, 5)).toBeLessThan(1_500);
});
