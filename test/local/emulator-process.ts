import { startEmulator } from "../../local/emulator.ts";
import { fixturePlan } from "./fixture-plan.ts";

// Runs the fixture's emulator for a test that kills it: on the state folder of its argument, until the channel is closed.
const emulator = await startEmulator(fixturePlan({ columns: { id: "string" } }), {
  stateFolder: process.argv[2] as string,
});
process.send?.(emulator.kinesisEndpoint);
