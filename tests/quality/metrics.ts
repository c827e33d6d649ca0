/** Ranking measures over one question: `ranked` ids best first, `grades` the judged ids. Cut at 10. */
export interface Measures {
  ndcg10: number;
  recall10: number;
  mrr10: number;
}

/** NDCG with linear gain (as in trec_eval), recall over all relevant ones, reciprocal rank of the first. */
export const measure = (ranked: readonly string[], grades: ReadonlyMap<string, number>): Measures => {
  const top = ranked.slice(0, 10);
  const gain = (grade: number, position: number): number => grade / Math.log2(position + 2);
  const found = top.reduce((sum, id, position) => sum + gain(Math.max(0, grades.get(id) ?? 0), position), 0);
  const relevant = [...grades.values()].filter((grade) => grade > 0);
  const ideal = relevant
    .toSorted((a, b) => b - a)
    .slice(0, 10)
    .reduce((sum, grade, position) => sum + gain(grade, position), 0);
  const hits = top.filter((id) => (grades.get(id) ?? 0) > 0).length;
  const first = top.findIndex((id) => (grades.get(id) ?? 0) > 0);
  return {
    ndcg10: ideal ? found / ideal : 0,
    recall10: relevant.length ? hits / relevant.length : 0,
    mrr10: first < 0 ? 0 : 1 / (first + 1),
  };
};

/** The value at `share` (0..1) of the sorted values, 0 for none. */
export const percentile = (values: readonly number[], share: number): number =>
  values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.floor(share * values.length))] ?? 0;
