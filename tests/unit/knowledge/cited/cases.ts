/**
 * Made for this test: a source, and sentences of an answer that cite it, each with the words of the source that support it. Every
 * second sentence is in another language than its source. All sentences of one source are in one answer.
 */
export interface CitedCases {
  source: string;
  claims: readonly (readonly [sentence: string, quote: string])[];
}

export const frozen: readonly CitedCases[] = [
  {
    source:
      'The tenant pays 640 euros of rent each month. The deposit amounts to 1,280 euros and is returned within two months after the keys are handed over. Rent is due on the fifth day of the month. The landlord may raise the rent once a year, on the first of July. Subletting needs the written consent of the landlord. The lease ends on 30 September 2027. Pets are allowed as long as they do not disturb the neighbours.',
    claims: [
      ['Le loyer mensuel s’élève à 640 € [1].', 'The tenant pays 640 euros of rent each month.'],
      [
        'A deposit of 1 280 euros has to be paid [1].',
        'The deposit amounts to 1,280 euros and is returned within two months after the keys are handed over.',
      ],
      ['Il faut payer avant le 5 du mois [1].', 'Rent is due on the fifth day of the month.'],
      ['An increase can only come in July [1].', 'The landlord may raise the rent once a year, on the first of July.'],
      ['Le bail prend fin le 30/09/2027 [1].', 'The lease ends on 30 September 2027.'],
      ['Les animaux de compagnie sont acceptés [1].', 'Pets are allowed as long as they do not disturb the neighbours.'],
    ],
  },
  {
    source:
      'La chaudière du moulin de Sarzeau fonctionne entre deux et cinq bars. La soupape s’ouvre à 5,5 bars. Le réservoir contient 1 200 litres d’eau. L’entretien est fait chaque automne par la maison Le Goff. Le brûleur a été remplacé en mars 2019. La température de l’eau ne doit jamais dépasser 85 °C. Le manuel est rangé dans le placard du couloir.',
    claims: [
      ['The boiler works at a pressure of 2 to 5 bar [1].', 'La chaudière du moulin de Sarzeau fonctionne entre deux et cinq bars.'],
      ['La soupape de sûreté se déclenche à 5,5 bar [1].', 'La soupape s’ouvre à 5,5 bars.'],
      ['The tank holds 1,200 litres [1].', 'Le réservoir contient 1 200 litres d’eau.'],
      ['C’est Le Goff qui s’occupe de l’entretien [1].', 'L’entretien est fait chaque automne par la maison Le Goff.'],
      ['A new burner was fitted in March 2019 [1].', 'Le brûleur a été remplacé en mars 2019.'],
      ['Water must stay below 85 degrees [1].', 'La température de l’eau ne doit jamais dépasser 85 °C.'],
    ],
  },
  {
    source:
      'Marie Kervella founded the shipyard in 1921. Her son Yann took it over in 1954 and built eleven trawlers. A fire destroyed the main hall in the night of 3 January 1962. The yard employed 140 people at its height. The last wooden hull left the slip in 1978. Since 1985 the buildings have housed a museum of the sea. Admission is free on the first Sunday of the month.',
    claims: [
      ['Le chantier naval a été créé par Marie Kervella en 1921 [1].', 'Marie Kervella founded the shipyard in 1921.'],
      ['Yann Kervella built eleven trawlers there [1].', 'Her son Yann took it over in 1954 and built eleven trawlers.'],
      ['Un incendie a ravagé la halle principale en janvier 1962 [1].', 'A fire destroyed the main hall in the night of 3 January 1962.'],
      ['At most 140 workers were on the payroll [1].', 'The yard employed 140 people at its height.'],
      ['Un musée occupe aujourd’hui les bâtiments [1].', 'Since 1985 the buildings have housed a museum of the sea.'],
      ['L’entrée est gratuite le premier dimanche du mois [1].', 'Admission is free on the first Sunday of the month.'],
    ],
  },
  {
    source:
      'Le comité se réunit le deuxième mardi de chaque mois à 18 h 30. Il faut la présence de sept membres pour voter. La présidente, Anne Morvan, est élue pour trois ans. Le trésorier présente les comptes en avril. Les cotisations s’élèvent à 25 euros par personne et à 40 euros par famille. Les procès-verbaux sont conservés pendant dix ans. Un membre qui manque quatre réunions de suite est réputé démissionnaire.',
    claims: [
      [
        'The committee meets at 6.30 pm on the second Tuesday of each month [1].',
        'Le comité se réunit le deuxième mardi de chaque mois à 18 h 30.',
      ],
      ['Le quorum est de 7 membres [1].', 'Il faut la présence de sept membres pour voter.'],
      ['Anne Morvan holds the chair for three years [1].', 'La présidente, Anne Morvan, est élue pour trois ans.'],
      ['The accounts are presented in April by the treasurer [1].', 'Le trésorier présente les comptes en avril.'],
      ['Une famille verse 40 € de cotisation [1].', 'Les cotisations s’élèvent à 25 euros par personne et à 40 euros par famille.'],
      ['Minutes are kept for 10 years [1].', 'Les procès-verbaux sont conservés pendant dix ans.'],
    ],
  },
  {
    source:
      'Sow the seeds in trays at the end of February. Keep the soil moist but never wet. Move the young plants outdoors after the last frost, usually in the middle of May. Leave 40 centimetres between two plants. Tomatoes need at least six hours of sun a day. Do not water the leaves, since this spreads mildew. The first fruits ripen about seventy days after planting.',
    claims: [
      ['On sème en caissette fin février [1].', 'Sow the seeds in trays at the end of February.'],
      [
        'Seedlings go outside in mid-May, once frost is over [1].',
        'Move the young plants outdoors after the last frost, usually in the middle of May.',
      ],
      ['Il faut espacer les plants de 40 cm [1].', 'Leave 40 centimetres between two plants.'],
      ['Les tomates ont besoin de six heures de soleil par jour [1].', 'Tomatoes need at least six hours of sun a day.'],
      ['Wetting the foliage brings mildew [1].', 'Do not water the leaves, since this spreads mildew.'],
      ['La récolte commence environ 70 jours après la plantation [1].', 'The first fruits ripen about seventy days after planting.'],
    ],
  },
  {
    source:
      'Le congé annuel est de vingt-cinq jours ouvrés. Toute absence pour maladie doit être signalée avant neuf heures. Un certificat médical est exigé à partir du troisième jour. Le télétravail est possible deux jours par semaine avec l’accord du responsable. Les heures supplémentaires sont payées avec une majoration de 25 %. La période d’essai dure quatre mois. Le préavis de démission est de trois mois pour les cadres.',
    claims: [
      ['Employees have 25 working days of leave [1].', 'Le congé annuel est de vingt-cinq jours ouvrés.'],
      ['Une maladie doit être annoncée avant 9 h [1].', 'Toute absence pour maladie doit être signalée avant neuf heures.'],
      ['From the third day on a doctor’s certificate is required [1].', 'Un certificat médical est exigé à partir du troisième jour.'],
      ['Remote work is possible two days a week [1].', 'Le télétravail est possible deux jours par semaine avec l’accord du responsable.'],
      [
        'Les heures en plus sont majorées d’un quart, soit 25 pour cent [1].',
        'Les heures supplémentaires sont payées avec une majoration de 25 %.',
      ],
      ['Managers who resign must give three months’ notice [1].', 'Le préavis de démission est de trois mois pour les cadres.'],
    ],
  },
  {
    source:
      '| Station | Opened | Passengers a day |\n|---|---|---|\n| Harbour | 1911 | 4,200 |\n| Old Market | 1934 | 9,800 |\n| University | 1972 | 15,300 |\n| Airport | 2008 | 21,500 |\n\nTrains run from 5:15 in the morning until half an hour after midnight. A single ticket costs 2.40 euros. Children under six travel free. Bicycles are not admitted between seven and nine in the morning.',
    claims: [
      ['La station de l’aéroport a ouvert en 2008 [1].', 'Airport | 2008 | 21,500'],
      ['Old Market sees 9,800 passengers a day [1].', 'Old Market | 1934 | 9,800'],
      ['L’université compte 15 300 voyageurs par jour [1].', 'University | 1972 | 15,300'],
      ['A single ride is 2.40 € [1].', 'A single ticket costs 2.40 euros.'],
      ['Les enfants de moins de six ans ne paient pas [1].', 'Children under six travel free.'],
      ['Bikes are forbidden between 7 and 9 [1].', 'Bicycles are not admitted between seven and nine in the morning.'],
    ],
  },
  {
    source:
      '- L’eau du puits a été analysée le 12 mars 2024.\n- Le taux de nitrates est de 38 mg/l, sous la limite de 50 mg/l.\n- Aucune trace de pesticide n’a été trouvée.\n- La dureté atteint 31 degrés français.\n- Le prochain contrôle aura lieu dans six mois.\n- Le laboratoire de Vannes a facturé 184 euros.',
    claims: [
      ['The well water was tested on 12 March 2024 [1].', 'L’eau du puits a été analysée le 12 mars 2024.'],
      ['Nitrates are at 38 mg/l [1].', 'Le taux de nitrates est de 38 mg/l, sous la limite de 50 mg/l.'],
      ['No pesticides were detected [1].', 'Aucune trace de pesticide n’a été trouvée.'],
      ['La dureté est de 31 °f [1].', 'La dureté atteint 31 degrés français.'],
      ['Il faudra recommencer le contrôle d’ici six mois [1].', 'Le prochain contrôle aura lieu dans six mois.'],
      ['Le laboratoire a demandé 184 € [1].', 'Le laboratoire de Vannes a facturé 184 euros.'],
    ],
  },
  {
    source:
      'The cache is emptied after 300 seconds. A request that fails is tried again three times, with a pause that doubles each time. Logs are rotated every night and kept for 14 days. The service listens on port 8443. Passwords are hashed with scrypt and never stored in plain text. The backup starts at 2 a.m. and takes about twenty minutes. Only administrators may delete an account.',
    claims: [
      ['Le cache est vidé au bout de 300 secondes [1].', 'The cache is emptied after 300 seconds.'],
      [
        'Failed requests are repeated three times [1].',
        'A request that fails is tried again three times, with a pause that doubles each time.',
      ],
      ['Les journaux sont gardés deux semaines, soit 14 jours [1].', 'Logs are rotated every night and kept for 14 days.'],
      ['It uses port 8443 [1].', 'The service listens on port 8443.'],
      ['La sauvegarde commence à 2 h du matin [1].', 'The backup starts at 2 a.m. and takes about twenty minutes.'],
      ['La suppression d’un compte est réservée aux administrateurs [1].', 'Only administrators may delete an account.'],
    ],
  },
  {
    source:
      'Le pont de Kerentrech, long de 210 mètres, relie les deux rives depuis 1850. Il a été reconstruit après la guerre, entre 1947 et 1951. Les camions de plus de douze tonnes n’ont pas le droit d’y passer. Une piste cyclable a été ajoutée en 2016. La vitesse y est limitée à trente kilomètres à l’heure. Les piétons marchent sur le trottoir nord. Une inspection a lieu tous les cinq ans.',
    claims: [
      ['The bridge is 210 metres long [1].', 'Le pont de Kerentrech, long de 210 mètres, relie les deux rives depuis 1850.'],
      ['It was rebuilt after the war, from 1947 to 1951 [1].', 'Il a été reconstruit après la guerre, entre 1947 et 1951.'],
      ['Les poids lourds de plus de 12 tonnes y sont interdits [1].', 'Les camions de plus de douze tonnes n’ont pas le droit d’y passer.'],
      ['A cycle lane followed in 2016 [1].', 'Une piste cyclable a été ajoutée en 2016.'],
      ['On y roule à 30 km/h au plus [1].', 'La vitesse y est limitée à trente kilomètres à l’heure.'],
      ['It is inspected every five years [1].', 'Une inspection a lieu tous les cinq ans.'],
    ],
  },
];

/** Written after the ranking was frozen. */
export const heldBack: readonly CitedCases[] = [
  {
    source:
      'Un adulte prend un comprimé de 500 mg toutes les six heures, sans dépasser quatre grammes par jour. Le médicament ne doit pas être donné aux enfants de moins de six ans. Il faut le conserver à l’abri de la lumière. Des nausées peuvent survenir dans les premiers jours. En cas de grossesse, demandez l’avis de votre médecin. Le flacon se garde trente jours après l’ouverture. L’alcool renforce ses effets sur le foie.',
    claims: [
      [
        'Adults take one 500 mg tablet every six hours [1].',
        'Un adulte prend un comprimé de 500 mg toutes les six heures, sans dépasser quatre grammes par jour.',
      ],
      ['It is not meant for children younger than six [1].', 'Le médicament ne doit pas être donné aux enfants de moins de six ans.'],
      ['Keep it away from light [1].', 'Il faut le conserver à l’abri de la lumière.'],
      ['Les femmes enceintes doivent consulter leur médecin [1].', 'En cas de grossesse, demandez l’avis de votre médecin.'],
      ['Once opened, the bottle lasts 30 days [1].', 'Le flacon se garde trente jours après l’ouverture.'],
      ['Boire de l’alcool est risqué pour le foie [1].', 'L’alcool renforce ses effets sur le foie.'],
    ],
  },
  {
    source:
      'Captain Le Bihan sailed from Lorient on 14 June 1783 with ninety men. The frigate reached Pondicherry after five months. Scurvy killed twenty-two sailors on the way. In Madras he bought pepper, indigo and silk. On the return voyage a storm broke the mainmast near the Cape. The cargo was sold for 310,000 pounds. Le Bihan died in Nantes in 1799.',
    claims: [
      [
        'Le capitaine Le Bihan a quitté Lorient le 14 juin 1783 [1].',
        'Captain Le Bihan sailed from Lorient on 14 June 1783 with ninety men.',
      ],
      ['La traversée jusqu’à Pondichéry a duré cinq mois [1].', 'The frigate reached Pondicherry after five months.'],
      ['Twenty-two of the crew died of scurvy [1].', 'Scurvy killed twenty-two sailors on the way.'],
      ['Il a acheté de la soie et du poivre à Madras [1].', 'In Madras he bought pepper, indigo and silk.'],
      ['Une tempête a brisé le grand mât au retour [1].', 'On the return voyage a storm broke the mainmast near the Cape.'],
      ['The goods brought in 310,000 pounds [1].', 'The cargo was sold for 310,000 pounds.'],
    ],
  },
  {
    source:
      'Les commandes passées avant 14 h sont expédiées le jour même. La livraison est offerte à partir de 60 euros d’achat. Un colis perdu est remboursé sous dix jours. Les retours sont acceptés pendant trente jours, étiquettes non retirées. Les articles en solde ne sont ni repris ni échangés. Le service client répond du lundi au vendredi. Les cartes cadeaux sont valables un an.',
    claims: [
      ['Orders placed before 2 pm leave the same day [1].', 'Les commandes passées avant 14 h sont expédiées le jour même.'],
      ['Shipping is free from 60 € [1].', 'La livraison est offerte à partir de 60 euros d’achat.'],
      ['A lost parcel is refunded within 10 days [1].', 'Un colis perdu est remboursé sous dix jours.'],
      ['Vous avez 30 jours pour renvoyer un article [1].', 'Les retours sont acceptés pendant trente jours, étiquettes non retirées.'],
      ['Items on sale cannot be exchanged [1].', 'Les articles en solde ne sont ni repris ni échangés.'],
      ['Une carte cadeau dure un an [1].', 'Les cartes cadeaux sont valables un an.'],
    ],
  },
  {
    source:
      'The northern glacier lost 4.5 metres of thickness between 1990 and 2010. Melt water feeds three lakes below it. The largest of them, Lake Orva, is 62 metres deep. Its outflow drives a power station of 12 megawatts. Trout were released there in 1936. Hikers need a permit from the park office. Snow blocks the road from November to the end of April.',
    claims: [
      [
        'Le glacier du nord s’est aminci de 4,5 m entre 1990 et 2010 [1].',
        'The northern glacier lost 4.5 metres of thickness between 1990 and 2010.',
      ],
      ['Three lakes are fed by the melting ice [1].', 'Melt water feeds three lakes below it.'],
      ['Le lac Orva a 62 mètres de profondeur [1].', 'The largest of them, Lake Orva, is 62 metres deep.'],
      ['Une centrale de 12 MW en tire son énergie [1].', 'Its outflow drives a power station of 12 megawatts.'],
      ['Walkers must get a permit at the park office [1].', 'Hikers need a permit from the park office.'],
      ['La route est fermée par la neige de novembre à avril [1].', 'Snow blocks the road from November to the end of April.'],
    ],
  },
  {
    source:
      'L’école accueille 214 élèves dans neuf classes. La cantine sert un repas végétarien chaque jeudi. Les inscriptions ont lieu en mai, à la mairie. La garderie ouvre à 7 h 15 et ferme à 18 h 45. Madame Ollivier dirige l’établissement depuis 2015. Le toit du préau doit être refait l’été prochain. Les téléphones portables sont interdits dans la cour.',
    claims: [
      ['The school has 214 pupils [1].', 'L’école accueille 214 élèves dans neuf classes.'],
      ['A meal without meat is served on Thursdays [1].', 'La cantine sert un repas végétarien chaque jeudi.'],
      ['Il faut inscrire son enfant à la mairie au mois de mai [1].', 'Les inscriptions ont lieu en mai, à la mairie.'],
      ['Child care is open from 7:15 am to 6:45 pm [1].', 'La garderie ouvre à 7 h 15 et ferme à 18 h 45.'],
      ['Mrs Ollivier has been head since 2015 [1].', 'Madame Ollivier dirige l’établissement depuis 2015.'],
      ['Mobile phones are banned in the playground [1].', 'Les téléphones portables sont interdits dans la cour.'],
    ],
  },
];
