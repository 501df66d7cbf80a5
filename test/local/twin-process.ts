import { startTwin } from "../../local/twin.ts";
import { fixturePlan } from "./fixture-plan.ts";

// Runs the fixture's twin for a test that kills it: on the state folder of its argument, until the channel is closed.
const twin = await startTwin(fixturePlan({ columns: { id: "string" } }), {
  stateFolder: process.argv[2] as string,
});
process.send?.(twin.kinesisEndpoint);
