/**
 * What runs in several regions behind one endpoint, by region and name: AWS takes the same name in each region. A client says
 * by its signature which region it means, as it would on AWS by the endpoint.
 */
export class Regional<T> {
  readonly #byRegion = new Map<string, Map<string, T>>();

  set(region: string, name: string, value: T): void {
    const ofRegion = this.#byRegion.get(region) ?? new Map<string, T>();
    this.#byRegion.set(region, ofRegion.set(name, value));
  }

  get(region: string, name: string): T | undefined {
    return this.#byRegion.get(region)?.get(name);
  }

  get regions(): string[] {
    return [...this.#byRegion.keys()];
  }

  get names(): string[] {
    return [...this.#byRegion.values()].flatMap((ofRegion) => [...ofRegion.keys()]);
  }

  values(): T[] {
    return [...this.#byRegion.values()].flatMap((ofRegion) => [...ofRegion.values()]);
  }
}

/** The region that a request is about: the one that it is signed for; where all is in one region, that. */
export function regionMeant(regions: readonly string[], signed: string): string {
  const [only, ...more] = regions;
  return only !== undefined && more.length === 0 ? only : signed;
}
