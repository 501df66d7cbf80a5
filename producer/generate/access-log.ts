import type { accessLog } from "../../datasets/access-log.ts";
import type { EventOf } from "../../datasets/event-type.ts";
import type { Generator } from "./generator.ts";
import { Random, Zipf } from "./random.ts";

interface Client {
  readonly address: string;
  readonly userAgent: string;
  readonly isBot: boolean;
}

const agents: readonly (readonly [agent: string, weight: number, isBot: boolean])[] = [
  [
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36",
    34,
    false,
  ],
  [
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Mobile/15E148 Safari/604.1",
    24,
    false,
  ],
  ["Mozilla/5.0 (X11; Linux x86_64; rv:132.0) Gecko/20100101 Firefox/132.0", 12, false],
  ["Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)", 12, true],
  ["Mozilla/5.0 (compatible; bingbot/2.0; +http://www.bing.com/bingbot.htm)", 6, true],
  ["curl/8.5.0", 2, false],
];

const paths = [
  "/",
  "/blog/",
  "/style.css",
  "/favicon.ico",
  "/images/logo.png",
  "/blog/tags/linux",
  "/projects/",
  "/robots.txt",
  "/feed.xml",
  ...Array.from({ length: 60 }, (_, i) => `/articles/${i + 1}-notes`),
  ...Array.from({ length: 20 }, (_, i) => `/files/release-${i + 1}.tar.gz`),
  "/search?q=kinesis",
  "/wp-login.php",
  "/admin/",
];

const referers = ["https://www.google.com/", "https://duckduckgo.com/", "https://news.example.com/item?id=1"];

/** Requests to a web site: clients that come back, bots, pages by Zipf's law, errors on the paths that scanners try. */
export function generateAccessLog(random: Random, count: number): Generator {
  const seed = random.hex(8);
  const clientRank = new Zipf(Math.max(1, Math.round(count / 8)), 0.8);
  const pathRank = new Zipf(paths.length, 1);

  const client = (): Client => {
    const own = new Random(`${seed}/${clientRank.rank(random)}`);
    const [userAgent, isBot] = own.weighted(agents.map(([agent, weight, bot]) => [[agent, bot], weight]));
    // 198.18.0.0/15 is reserved for benchmarks (RFC 2544): nobody's address.
    const address = `198.${18 + own.integer(0, 1)}.${own.integer(0, 255)}.${own.integer(1, 254)}`;
    return { address, userAgent, isBot };
  };

  const next = (instant: number): EventOf<typeof accessLog> => {
    const { address, userAgent, isBot } = client();
    const path = paths[pathRank.rank(random)] ?? "/";
    const status = statusOf(path, random);
    const hasBody = status === 200 || status === 404 || status === 500;
    return {
      time: new Date(instant).toISOString().replace(/\.\d+Z$/, "Z"),
      remote_addr: address,
      method: random.weighted([
        ["GET", 95],
        ["HEAD", 3],
        ["POST", 2],
      ]),
      path,
      protocol: random.chance(0.8) ? "HTTP/1.1" : "HTTP/2.0",
      status,
      bytes: hasBody ? random.integer(180, path.startsWith("/files/") ? 4_000_000 : 60_000) : null,
      referer: isBot || random.chance(0.4) ? null : random.pick(referers),
      user_agent: userAgent,
      event_id: random.hex(32),
    };
  };

  return {
    next,
    unconvertible: [
      ["status", "OK"],
      ["bytes", "12 kB"],
      ["time", "20/May/2015:12:05:17 +0000"],
    ],
  };
}

function statusOf(path: string, random: Random): number {
  if (path === "/wp-login.php") return 404;
  if (path === "/admin/") return 403;
  return random.weighted([
    [200, 90],
    [304, 5],
    [404, 2],
    [301, 2],
    [206, 0.6],
    [500, 0.4],
  ]);
}
