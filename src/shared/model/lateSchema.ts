/**
 * Stands for a schema that is made with its first use. The build of the main process writes it around the schemas of each module
 * (`scripts/lib/lateSchemas.ts`): there are some 3,000, and a start uses a few of them.
 */
export const lateSchema = <Schema extends object>(make: () => Schema): Schema => {
  let made: Schema | null = null;
  const schema = (): Schema => {
    made ??= make();
    return made;
  };
  // Without a receiver, getters run on the schema itself and keep there what they compute.
  return new Proxy({} as Schema, {
    get: (_, key) => Reflect.get(schema(), key),
    set: (_, key, value) => Reflect.set(schema(), key, value),
    has: (_, key) => Reflect.has(schema(), key),
    getPrototypeOf: () => Reflect.getPrototypeOf(schema()),
  });
};
