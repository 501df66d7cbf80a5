import prices from "./athena-prices.json" with { type: "json" };

/** What Athena asks for a terabyte scanned in a region. */
export interface RegionPrice {
  readonly dollarsPerTerabyte: number;
  /** The day on which the price was read, `yyyy-MM-dd`. */
  readonly read: string;
  readonly source: string;
}

/** The price of a region; undefined where none is on file: a guess would look like a fact. */
export function priceIn(region: string): RegionPrice | undefined {
  return Object.hasOwn(prices.regions, region)
    ? prices.regions[region as keyof typeof prices.regions]
    : undefined;
}
