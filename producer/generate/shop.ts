/** The web shop that the clickstream sample visits. Lists are by popularity: the first is visited most (Zipf). */

export interface Product {
  readonly id: string;
  readonly page: string;
  readonly cents: number;
}

const kinds = [
  ["trail-shoe", 11900],
  ["rain-jacket", 17900],
  ["tent", 32900],
  ["sleeping-bag", 14900],
  ["backpack", 12900],
  ["headlamp", 4900],
  ["stove", 6900],
  ["water-filter", 3900],
  ["trekking-poles", 8900],
  ["merino-shirt", 6500],
] as const;
const makes = [
  "alder",
  "birch",
  "cedar",
  "dogwood",
  "elm",
  "fir",
  "hazel",
  "juniper",
  "larch",
  "maple",
  "rowan",
  "spruce",
];

export const products: readonly Product[] = makes.flatMap((make, series) =>
  kinds.map(([kind, cents], index) => ({
    id: `P${String(1000 + series * kinds.length + index)}`,
    page: `/products/${make}-${kind}`,
    cents: Math.round((cents * (80 + series * 5)) / 100 / 100) * 100 - 5,
  })),
);

export const pages: readonly string[] = [
  "/",
  "/sale",
  "/new",
  ...kinds.map(([kind]) => `/category/${kind.endsWith("s") ? kind : `${kind}s`}`),
  "/cart",
  "/stores",
  "/guides/how-to-choose-a-tent",
  "/guides/layers-for-rain",
  "/guides/first-hut-tour",
  "/delivery-and-returns",
  "/account",
  "/size-charts",
  "/newsletter",
  "/jobs",
  "/about",
  "/contact",
  "/imprint",
];

export const searchTerms: readonly string[] = [
  "tent",
  "rain jacket",
  "trail shoes",
  "sleeping bag",
  "headlamp",
  "backpack 40l",
  "merino",
  "gas stove",
  "water filter",
  "trekking poles",
  "tent 2 person",
  "waterproof",
  "ultralight",
  "gift card",
  "kids backpack",
  "down jacket",
  "size 43",
  "camping chair",
  "return",
  "zelt für zwei",
];

/** Hosts that link here, with weights; null is a direct visit. */
export const referrers: readonly (readonly [string | null, number])[] = [
  [null, 34],
  ["www.google.com", 36],
  ["www.bing.com", 5],
  ["duckduckgo.com", 4],
  ["www.instagram.com", 7],
  ["www.youtube.com", 5],
  ["www.reddit.com", 3],
  ["newsletter.example.com", 4],
  ["partner.example.org", 2],
];

export const devices: readonly (readonly [string, number])[] = [
  ["mobile", 58],
  ["desktop", 36],
  ["tablet", 6],
];

export const countries: readonly (readonly [string, number])[] = [
  ["DE", 52],
  ["AT", 12],
  ["CH", 11],
  ["FR", 7],
  ["NL", 5],
  ["IT", 4],
  ["PL", 3],
  ["GB", 3],
  ["US", 2],
  ["SE", 1],
];
