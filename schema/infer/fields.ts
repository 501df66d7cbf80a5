/** What is known of values: a `Shape`, which has fields of its own. */
interface Mergeable<Shape> {
  add(value: unknown, depth: number): void;
  merge(other: Shape): void;
}

/** An object with more different keys than that has values in its keys. */
export const mostKeys = 1000;

/** What is known of one key of an object. */
export interface Field<Shape> {
  /** How it is spelt, with how often: Firehose does not tell cases apart. */
  readonly spellings: Map<string, number>;
  readonly shape: Shape;
}

/** What is known of the keys of many objects. */
export class Fields<Shape extends Mergeable<Shape>> {
  objects = 0;
  /** By the key in lower case, in the order in which they came. Empty once there are too many. */
  readonly byName = new Map<string, Field<Shape>>();
  /** All values together, once there are too many different keys. */
  overflow: Shape | undefined;
  /** How many objects have a key in two spellings. */
  collisions = 0;
  readonly #newShape: () => Shape;

  /** @param newShape makes the shape of a key: a shape has fields of its own. */
  constructor(newShape: () => Shape) {
    this.#newShape = newShape;
  }

  add(object: Record<string, unknown>, depth: number): void {
    this.objects++;
    const entries = Object.entries(object);
    if (new Set(entries.map(([key]) => key.toLowerCase())).size < entries.length) this.collisions++;
    for (const [key, value] of entries) {
      if (this.overflow) {
        this.overflow.add(value, depth);
        continue;
      }
      const { spellings, shape } = this.#field(key.toLowerCase());
      spellings.set(key, (spellings.get(key) ?? 0) + 1);
      shape.add(value, depth);
      if (this.byName.size > mostKeys) this.#giveUpNames();
    }
  }

  merge(other: Fields<Shape>): void {
    this.objects += other.objects;
    this.collisions += other.collisions;
    for (const [name, { spellings, shape }] of other.byName) {
      const field = this.#field(name);
      for (const [key, count] of spellings) field.spellings.set(key, (field.spellings.get(key) ?? 0) + count);
      field.shape.merge(shape);
    }
    if (!other.overflow && !this.overflow && this.byName.size <= mostKeys) return;
    this.#giveUpNames();
    if (other.overflow) this.overflow!.merge(other.overflow);
  }

  /** What is known of all values, whatever their key. */
  together(): Shape {
    const together = this.#newShape();
    if (this.overflow) together.merge(this.overflow);
    for (const { shape } of this.byName.values()) together.merge(shape);
    return together;
  }

  #field(name: string): Field<Shape> {
    let field = this.byName.get(name);
    if (!field) {
      field = { spellings: new Map(), shape: this.#newShape() };
      this.byName.set(name, field);
    }
    return field;
  }

  #giveUpNames(): void {
    const together = this.together();
    this.byName.clear();
    this.overflow = together;
  }
}
