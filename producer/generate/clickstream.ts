import type { EventOf } from "../../datasets/event-type.ts";
import type { clickstream } from "../../datasets/clickstream.ts";
import type { Generator } from "./generator.ts";
import { countries, devices, pages, products, referrers, searchTerms, type Product } from "./shop.ts";
import { Random, Zipf } from "./random.ts";

type ClickstreamEvent = EventOf<typeof clickstream>;

interface Visitor {
  readonly id: string;
  readonly device: string;
  readonly country: string;
}

interface Session {
  readonly visitor: Visitor;
  readonly id: string;
  page: string;
  product: Product | undefined;
  /** What lies in the cart. */
  readonly cart: { product: Product; quantity: number }[];
  lastInstant: number;
}

/** How long a visitor stays on a page, on average. */
const thinkingMilliseconds = 45_000;
/** A visit ends after a pause of this length, by the definition of session_id; we stop well before. */
const longestPauseMilliseconds = 25 * 60_000;

/** Visits of a web shop: landing, browsing by Zipf's law, searching, and a funnel that a few go to its end. */
export function generateClickstream(random: Random, count: number): Generator {
  const visitors = visitorsOf(random.hex(8), Math.max(1, Math.round(count / 12)));
  const pageRank = new Zipf(pages.length, 1);
  const productRank = new Zipf(products.length, 1.05);
  const termRank = new Zipf(searchTerms.length, 0.9);
  const open: Session[] = [];
  let previousInstant: number | undefined;
  let gapMilliseconds = thinkingMilliseconds;

  const event = (session: Session, instant: number, rest: Partial<ClickstreamEvent>): ClickstreamEvent => ({
    event_id: random.hex(32),
    event_time: new Date(instant).toISOString(),
    event_type: "page_view",
    visitor_id: session.visitor.id,
    session_id: session.id,
    page: session.page,
    referrer: null,
    device: session.visitor.device,
    country: session.visitor.country,
    search_term: null,
    product_id: session.product?.id ?? null,
    quantity: null,
    revenue: null,
    load_milliseconds: null,
    ...rest,
  });

  const viewed = (session: Session, instant: number, page: string, product?: Product) => {
    session.page = page;
    session.product = product;
    return event(session, instant, { load_milliseconds: loadMilliseconds(session.visitor.device, random) });
  };

  const land = (instant: number) => {
    const session: Session = {
      visitor: visitors(random),
      id: random.hex(16),
      page: "/",
      product: undefined,
      cart: [],
      lastInstant: instant,
    };
    open.push(session);
    const product = random.chance(0.35) ? at(products, productRank.rank(random)) : undefined;
    const page = product?.page ?? at(pages, pageRank.rank(random));
    return { ...viewed(session, instant, page, product), referrer: random.weighted(referrers) };
  };

  const goOn = (session: Session, instant: number): ClickstreamEvent => {
    session.lastInstant = instant;
    if (session.cart.length > 0 && random.chance(0.22)) {
      session.page = "/checkout/thank-you";
      session.product = session.cart[0]?.product;
      const quantity = session.cart.reduce((sum, line) => sum + line.quantity, 0);
      const cents = session.cart.reduce((sum, line) => sum + line.quantity * line.product.cents, 0);
      session.cart.length = 0;
      return event(session, instant, { event_type: "purchase", quantity, revenue: cents / 100 });
    }
    if (session.product && random.chance(0.16)) {
      const quantity = random.weighted([
        [1, 80],
        [2, 14],
        [3, 6],
      ]);
      session.cart.push({ product: session.product, quantity });
      return event(session, instant, { event_type: "add_to_cart", quantity });
    }
    const what = random.weighted([
      ["product", 42],
      ["page", 24],
      ["click", 20],
      ["search", 14],
    ]);
    if (what === "click") return event(session, instant, { event_type: "click" });
    if (what === "search") {
      session.page = "/search";
      session.product = undefined;
      const search_term = at(searchTerms, termRank.rank(random));
      return event(session, instant, { event_type: "search", search_term });
    }
    if (what === "page") return viewed(session, instant, at(pages, pageRank.rank(random)));
    const product = at(products, productRank.rank(random));
    return viewed(session, instant, product.page, product);
  };

  const next = (instant: number): ClickstreamEvent => {
    // As many visits are open as makes the pause within one about the thinking time, at any rate of events.
    if (previousInstant !== undefined)
      gapMilliseconds += 0.01 * (instant - previousInstant - gapMilliseconds);
    previousInstant = instant;
    const wanted = Math.max(1, Math.round(thinkingMilliseconds / Math.max(gapMilliseconds, 0.01)));
    if (open.length < wanted) return land(instant);

    const index = random.integer(0, open.length - 1);
    const session = at(open, index);
    const bought = session.page === "/checkout/thank-you";
    const pause = instant - session.lastInstant;
    if (pause > longestPauseMilliseconds || random.chance(bought ? 0.7 : 0.2)) {
      open[index] = at(open, open.length - 1);
      open.pop();
      return land(instant);
    }
    return goOn(session, instant);
  };

  return {
    next,
    unconvertible: [
      ["load_milliseconds", "fast"],
      ["quantity", "two"],
      ["revenue", "12,90 EUR"],
      ["event_time", "yesterday, around noon"],
    ],
  };
}

/** Visitors who come back: the same rank is always the same browser, and a few come much oftener than most. */
function visitorsOf(seed: string, size: number): (random: Random) => Visitor {
  const rank = new Zipf(size, 0.6);
  return (random) => {
    const visitor = new Random(`${seed}/${rank.rank(random)}`);
    return { id: visitor.hex(16), device: visitor.weighted(devices), country: visitor.weighted(countries) };
  };
}

/** A long tail, longer on phones: the sum of two exponential times. */
function loadMilliseconds(device: string, random: Random): number {
  const mean = device === "mobile" ? 620 : 380;
  return 90 + Math.round(-mean * 0.5 * (Math.log(1 - random.next()) + Math.log(1 - random.next())));
}

function at<T>(list: readonly T[], index: number): T {
  const value = list[index];
  if (value === undefined) throw new Error(`no element ${index} in a list of ${list.length}.`);
  return value;
}
