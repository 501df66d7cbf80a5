import { bundlePack } from "./bundle-pack.ts";
import { packs } from "./packs.ts";

await Promise.all([...packs.keys()].map(bundlePack));
