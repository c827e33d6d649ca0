/** A vector as 8-bit integers: value = data[i] * scale. A quarter of the memory, cosines within about 0.005. */
export interface QuantisedVector {
  data: Int8Array;
  scale: number;
}

/** Throws for a vector with a value that is not a finite number: it would spoil every comparison after it. */
export const quantise = (vector: Float32Array): QuantisedVector => {
  let largest = 0;
  for (const value of vector) {
    if (!Number.isFinite(value)) throw new Error('The embedding holds a value that is not a number.');
    largest = Math.max(largest, Math.abs(value));
  }
  const scale = largest / 127 || 1;
  const data = new Int8Array(vector.length);
  for (let column = 0; column < data.length; column++) data[column] = Math.round((vector[column] as number) / scale);
  return { data, scale };
};
