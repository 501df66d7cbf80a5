import { join } from "node:path";
import { bundlePack } from "./bundle-pack.ts";
import { packs } from "./packs.ts";

await Promise.all([...packs.keys()].map((pack) => bundlePack(join(import.meta.dirname, pack))));
