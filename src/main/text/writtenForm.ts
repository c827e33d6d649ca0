/**
 * A stretch of text that can be written in other ways: an identifier, a compound, a number, a date, a checksum. `wholes` are its
 * terms in any spelling, `parts` the terms it consists of where they are no words of the text.
 */
export interface WrittenForm {
  start: number;
  end: number;
  wholes: string[];
  parts: string[];
  /** True when its words mean little by themselves: "1" and "000", "03" and "05". */
  isNumber: boolean;
  /** Terms for its beginnings: people write a checksum short elsewhere. */
  beginnings: string[];
}
