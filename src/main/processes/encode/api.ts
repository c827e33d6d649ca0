/** The model of the second tier, by its folder in `resources/models`. */
export const secondModelId = 'e5-small-latin';
export const secondModelDimensions = 384;

/** The API of a process that holds the second model. */
export interface EncodeApi {
  /** A unit vector. */
  encode(input: { text: string; as: 'query' | 'passage' }): Promise<Float32Array>;
}

/** Start-up data of the process, in its first message. */
export interface EncodeInit {
  /** Folder of the model. */
  folder: string;
  /** The process works with the lowest priority of the system. */
  inBackground: boolean;
}
