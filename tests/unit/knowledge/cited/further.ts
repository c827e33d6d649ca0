import type { CitedCases } from './cases';

/**
 * Sentences that are alone in their answer: numbers decide, negation, lists, tables, abbreviations; in the other language wherever
 * possible.
 */
export const alone: readonly CitedCases[] = [
  {
    source:
      'The harbour master earns 2,400 crowns a month. His deputy earns 2,040 crowns a month. The night watchman earns 1,240 crowns a month. The harbour has no cleaner.',
    claims: [
      ['The deputy is paid 2040 crowns [1].', 'His deputy earns 2,040 crowns a month.'],
      ['Le gardien de nuit touche 1 240 couronnes [1].', 'The night watchman earns 1,240 crowns a month.'],
      ['Le capitaine du port gagne 2 400 couronnes par mois [1].', 'The harbour master earns 2,400 crowns a month.'],
      ['One of them gets 1240 [1].', 'The night watchman earns 1,240 crowns a month.'],
    ],
  },
  {
    source:
      'Dogs are allowed on the beach in winter. Dogs are not allowed on the beach in summer. Horses may be ridden there before eight. Camping is never permitted. Fires need a permit from the town hall.',
    claims: [
      ['Dogs are forbidden in summer [1].', 'Dogs are not allowed on the beach in summer.'],
      ['En hiver, les chiens sont admis sur la plage [1].', 'Dogs are allowed on the beach in winter.'],
      ['Les chiens sont interdits sur la plage en été [1].', 'Dogs are not allowed on the beach in summer.'],
      ['On ne peut jamais camper [1].', 'Camping is never permitted.'],
      ['Il faut une autorisation de la mairie pour faire du feu [1].', 'Fires need a permit from the town hall.'],
      ['Riding is possible until 8 am [1].', 'Horses may be ridden there before eight.'],
    ],
  },
  {
    source:
      '# Tarifs\n\n| Prestation | Membre | Visiteur |\n|---|---|---|\n| Anneau, 8 m | 310 € | 455 € |\n| Anneau, 10 m | 420 € | 610 € |\n| Grutage | 55 € | 80 € |\n| Clé perdue | 15 € | 15 € |\n\n## Horaires\n\n- Bureau : de 9 h à 12 h\n- Grue : le mardi seulement\n- Douches : jour et nuit',
    claims: [
      ['A visitor pays 610 euros for a ten-metre berth [1].', 'Anneau, 10 m | 420 € | 610 €'],
      ['Un membre paie 310 € pour 8 m [1].', 'Anneau, 8 m | 310 € | 455 €'],
      ['The crane works on Tuesdays only [1].', 'Grue : le mardi seulement'],
      ['A lost key costs 15 euros [1].', 'Clé perdue | 15 € | 15 €'],
      ['The showers are open day and night [1].', 'Douches : jour et nuit'],
      ['The office is open from 9 am to noon [1].', 'Bureau : de 9 h à 12 h'],
    ],
  },
  {
    source:
      'In 2019 the club had 84 members. In 2020 it had 79. In 2021 it had 91, more than ever. The treasurer resigned in 2021. A new boat was bought in 2020 for 6,500 euros.',
    claims: [
      ['There were 79 members in 2020 [1].', 'In 2020 it had 79.'],
      ['Le club a compté 91 membres en 2021, son maximum [1].', 'In 2021 it had 91, more than ever.'],
      ['Le trésorier est parti en 2021 [1].', 'The treasurer resigned in 2021.'],
      ['Un bateau a été acheté pour 6 500 € [1].', 'A new boat was bought in 2020 for 6,500 euros.'],
      ['Membership stood at 84 in 2019 [1].', 'In 2019 the club had 84 members.'],
    ],
  },
  {
    source:
      'Article 4. Le loyer est payable d’avance, le premier de chaque mois. Article 5. Le dépôt de garantie est d’un mois de loyer. Il est rendu dans les deux mois qui suivent la remise des clés. Article 6. Le locataire ne peut ni sous-louer ni céder le bail. Article 7. Les charges comprennent l’eau, mais non l’électricité.',
    claims: [
      ['Rent is due in advance on the first of the month [1].', 'Le loyer est payable d’avance, le premier de chaque mois.'],
      ['The deposit equals one month’s rent [1].', 'Le dépôt de garantie est d’un mois de loyer.'],
      ['It is returned within two months of handing back the keys [1].', 'Il est rendu dans les deux mois qui suivent la remise des clés.'],
      ['Electricity is not included in the charges [1].', 'Les charges comprennent l’eau, mais non l’électricité.'],
    ],
  },
  {
    source:
      '1. Unplug the pump.\n2. Open the drain valve and let the water out.\n3. Remove the four screws of the lid.\n4. Replace the seal with part 88-14.\n5. Close the valve before plugging the pump in again.',
    claims: [
      ['Débranchez d’abord la pompe [1].', 'Unplug the pump.'],
      ['Le joint est remplacé par la pièce 88-14 [1].', 'Replace the seal with part 88-14.'],
      ['Four screws hold the lid [1].', 'Remove the four screws of the lid.'],
    ],
  },
  {
    source:
      'Mr. Dupont signed on 3 March 2021. Ms. Dupond signed on 13 March 2021. Dr. Dubois refused to sign. The notary, M. Le Gall, kept the deed at 14 Quay St. in Brest.',
    claims: [
      ['Mme Dupond a signé le 13 mars 2021 [1].', 'Ms. Dupond signed on 13 March 2021.'],
      ['M. Dupont a signé le 3 mars [1].', 'Mr. Dupont signed on 3 March 2021.'],
      ['Dubois n’a pas signé [1].', 'Dr. Dubois refused to sign.'],
      ['L’acte est chez le notaire, 14 Quay St. [1].', 'The notary, M. Le Gall, kept the deed at 14 Quay St. in Brest.'],
    ],
  },
  {
    source:
      'Version 2.3 supports Linux and macOS. Version 2.4 adds Windows. Version 3.0 drops Windows 7 and needs 8 GB of memory. Earlier versions need 4 GB. The licence costs €49 a seat.',
    claims: [
      ['Windows 7 is no longer supported since 3.0 [1].', 'Version 3.0 drops Windows 7 and needs 8 GB of memory.'],
      ['La version 2.4 ajoute Windows [1].', 'Version 2.4 adds Windows.'],
      ['Avant, 4 Go suffisaient [1].', 'Earlier versions need 4 GB.'],
      ['Une licence coûte 49 euros par poste [1].', 'The licence costs €49 a seat.'],
      ['Linux is supported from 2.3 on [1].', 'Version 2.3 supports Linux and macOS.'],
    ],
  },
  {
    source:
      'Sales rose by 12 % in France. Sales fell by 12 % in Spain. In Italy they stayed flat. Germany was closed. Profit was 1.2 million euros, against 12 million the year before.',
    claims: [
      ['Spanish sales dropped 12 percent [1].', 'Sales fell by 12 % in Spain.'],
      ['Les ventes ont progressé de 12 % en France [1].', 'Sales rose by 12 % in France.'],
      ['Le bénéfice a été de 1,2 M€ [1].', 'Profit was 1.2 million euros, against 12 million the year before.'],
      ['Les ventes ont été stables en Italie [1].', 'In Italy they stayed flat.'],
    ],
  },
];

/** Answers over several sources; the quotes in the order of the text, each after its number. */
export const overSeveral: readonly { answer: string; sources: readonly string[]; quotes: readonly string[] }[] = [
  {
    answer: 'The mill was built in 1780 [1] and sold in 1911 [2], and its wheel was removed in 1950 [1].',
    sources: [
      'The mill of Kerbin dates from 1780. Its wheel was taken away in 1950. It has two floors.',
      'In 1911 the mill was sold to a baker. The baker died in 1930.',
    ],
    quotes: ['1: The mill of Kerbin dates from 1780.', '2: In 1911 the mill was sold to a baker.', '1: Its wheel was taken away in 1950.'],
  },
  {
    answer: 'Le moulin date de 1780 et a été vendu en 1911 [1][2].',
    sources: [
      'The mill of Kerbin dates from 1780. Its wheel was taken away in 1950. It has two floors.',
      'In 1911 the mill was sold to a baker. The baker died in 1930.',
    ],
    quotes: ['1: The mill of Kerbin dates from 1780.', '2: In 1911 the mill was sold to a baker.'],
  },
  {
    answer: 'Rent is 500 [1, 2], and the deposit 900 [2].',
    sources: [
      'Monthly rent: 500 francs. Parking: 30 francs.',
      'The deposit amounts to 900 francs. The rent of 500 francs is due on Mondays.',
    ],
    quotes: ['1: Monthly rent: 500 francs.', '2: The rent of 500 francs is due on Mondays.', '2: The deposit amounts to 900 francs.'],
  },
  {
    answer: '| Ville | Habitants |\n|---|---|\n| Brest | 139 000 [1] |\n| Quimper | 63 000 [1] |',
    sources: ['Brest has 139,000 inhabitants. Quimper has 63,000. Morlaix has 14,000.'],
    quotes: ['1: Brest has 139,000 inhabitants.', '1: Quimper has 63,000.'],
  },
  {
    answer: '- Prix : 40 € [1]\n- Durée : 3 h [1]\n- Niveau : débutant [1]',
    sources: ['The course lasts three hours. It costs 40 euros. It is meant for beginners. Bring boots.'],
    quotes: ['1: It costs 40 euros.', '1: The course lasts three hours.', '1: It is meant for beginners.'],
  },
  {
    answer: '[1] says that the ferry leaves at 7, while [2] gives 8.',
    sources: ['The ferry leaves at seven. It returns at noon.', 'Fares are low. The ferry leaves at eight.'],
    quotes: ['1: The ferry leaves at seven.', '2: The ferry leaves at eight.'],
  },
  {
    answer: 'Selon [1], le bac part à 7 h ; selon [2], à 8 h.',
    sources: ['The ferry leaves at seven. It returns at noon.', 'Fares are low. The ferry leaves at eight.'],
    quotes: ['1: The ferry leaves at seven.', '2: The ferry leaves at eight.'],
  },
];
