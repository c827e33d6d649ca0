/** The numbers that a query grouped with `json_group_array`: SQLite wrote them for this answer, nothing stored them as JSON. */
export const groupedNumbers = (list: string): readonly number[] => JSON.parse(list);
