/** Two statements of one person: the same said in other words, or two things that both stay. */
export interface StatementPair {
  language: 'en' | 'fr';
  is: 'same' | 'different';
  one: string;
  other: string;
}

const pairs = (language: 'en' | 'fr', is: StatementPair['is'], lines: string): StatementPair[] =>
  lines
    .trim()
    .split('\n')
    .map((line) => {
      const [one = '', other = ''] = line.trim().split(' | ');
      return { language, is, one, other };
    });

/** Written before any of them was compared. */
export const statementPairs: readonly StatementPair[] = [
  ...pairs(
    'en',
    'same',
    `
    I live in Lyon | My home is in Lyon
    I work at Bosch | My employer is Bosch
    I run 5 km every morning | Every morning I go running for 5 km
    I'm allergic to peanuts | I have a peanut allergy
    I love hiking in the mountains | Hiking in the mountains is something I really enjoy
    I have two daughters, Mia and Zoe | My two daughters are called Mia and Zoe
    I prefer short answers | Short answers are what I prefer
    I don't drink coffee | I never drink coffee
    My budget for the kitchen is 9000 euros | I can spend 9000 euros on the kitchen
    I'm a night nurse at the hospital | I work nights as a nurse in the hospital
    I have to send the contract by Friday | The contract must be sent by Friday
    We drive an old Volvo | Our car is an old Volvo
    I play the violin in an orchestra | I'm a violinist in an orchestra
    My mother's birthday is on 3 November | My mother was born on 3 November
    I use VS Code on Linux | My editor is VS Code, on Linux
    I studied chemistry in Porto | I have a chemistry degree from Porto
    My brother Tom works for the railway | Tom, my brother, has a job with the railway
    I need a quiet room to work | I can only work in a quiet room
    I go to the gym on Tuesdays | Tuesday is my gym day
    My dog is called Rex | I have a dog named Rex
    I want to learn Japanese | I'd like to learn the Japanese language
    We are moving house in June | In June we move to a new house
    `,
  ),
  ...pairs(
    'fr',
    'same',
    `
    J'habite à Lyon | Mon domicile est à Lyon
    Je travaille chez Bosch | Mon employeur est Bosch
    Je cours 5 km tous les matins | Tous les matins, je fais 5 km de course à pied
    Je suis allergique aux arachides | J'ai une allergie aux arachides
    J'adore la randonnée en montagne | Marcher en montagne, c'est ce que j'aime le plus
    J'ai deux filles, Mia et Zoé | Mes deux filles s'appellent Mia et Zoé
    Je préfère les réponses courtes | Ce que je préfère, ce sont les réponses courtes
    Je ne bois pas de café | Je ne bois jamais de café
    Mon budget pour la cuisine est de 9000 euros | Je peux dépenser 9000 euros pour la cuisine
    Je suis infirmière de nuit à l'hôpital | Je travaille de nuit à l'hôpital comme infirmière
    Je dois envoyer le contrat avant vendredi | Il faut que j'envoie le contrat avant vendredi
    Nous avons une vieille Volvo | Notre voiture est une vieille Volvo
    Je joue du violon dans un orchestre | Je suis violoniste dans un orchestre
    L'anniversaire de ma mère est le 3 novembre | Ma mère est née le 3 novembre
    J'utilise VS Code sous Linux | Mon éditeur est VS Code, sous Linux
    J'ai étudié la chimie à Porto | J'ai un diplôme de chimie de Porto
    Mon frère Tom travaille pour le rail | Tom, mon frère, a un poste au rail
    Il me faut une pièce calme pour travailler | Je ne peux travailler que dans une pièce calme
    Je vais à la salle de sport le mardi | Le mardi, c'est mon jour de sport
    Mon chien s'appelle Rex | J'ai un chien qui s'appelle Rex
    Je veux apprendre le japonais | J'aimerais apprendre la langue japonaise
    Nous déménageons en juin | En juin, nous changeons de maison
    `,
  ),
  ...pairs(
    'en',
    'different',
    `
    I live in Lyon | I was born in Lyon
    I work at Bosch | I used to work at Bosch
    I run every morning | I run every evening
    I'm allergic to peanuts | My son is allergic to peanuts
    I love hiking in the mountains | I love skiing in the mountains
    My daughter Mia plays tennis | My daughter Zoe plays tennis
    I prefer short answers | I prefer short meetings
    I don't drink coffee | I don't drink tea
    My budget for the kitchen is tight | My budget for the bathroom is tight
    I'm a nurse at the hospital | I'm a patient at the hospital
    I have to send the contract to Paul | I have to send the contract to Odile
    We drive an old Volvo | We drive a new Volvo
    I play the violin | I teach the violin
    My mother's birthday is in November | My father's birthday is in November
    I use VS Code at work | I use VS Code at home
    I studied chemistry in Porto | I studied physics in Porto
    My brother Tom lives in Leeds | My brother Tom works in Leeds
    I have to call the doctor | I have to pay the doctor
    I go to the gym on Tuesdays | I go to the gym on Thursdays
    I like the mornings in Rome | I like the evenings in Rome
    We bought a house near the sea | We sold a house near the sea
    I want to learn Japanese | I want to learn Chinese
    `,
  ),
  ...pairs(
    'fr',
    'different',
    `
    J'habite à Lyon | Je suis né à Lyon
    Je travaille chez Bosch | J'ai travaillé chez Bosch
    Je cours tous les matins | Je cours tous les soirs
    Je suis allergique aux arachides | Mon fils est allergique aux arachides
    J'adore la randonnée en montagne | J'adore le ski en montagne
    Ma fille Mia joue au tennis | Ma fille Zoé joue au tennis
    Je préfère les réponses courtes | Je préfère les réunions courtes
    Je ne bois pas de café | Je ne bois pas de thé
    Mon budget pour la cuisine est serré | Mon budget pour la salle de bains est serré
    Je suis infirmière à l'hôpital | Je suis patiente à l'hôpital
    Je dois envoyer le contrat à Paul | Je dois envoyer le contrat à Odile
    Nous avons une vieille Volvo | Nous avons une nouvelle Volvo
    Je joue du violon | J'enseigne le violon
    L'anniversaire de ma mère est en novembre | L'anniversaire de mon père est en novembre
    J'utilise VS Code au travail | J'utilise VS Code à la maison
    J'ai étudié la chimie à Porto | J'ai étudié la physique à Porto
    Mon frère Tom habite à Leeds | Mon frère Tom travaille à Leeds
    Je dois appeler le médecin | Je dois payer le médecin
    Je vais à la salle de sport le mardi | Je vais à la salle de sport le jeudi
    J'aime les matins à Rome | J'aime les soirées à Rome
    Nous avons acheté une maison près de la mer | Nous avons vendu une maison près de la mer
    Je veux apprendre le japonais | Je veux apprendre le chinois
    `,
  ),
];
