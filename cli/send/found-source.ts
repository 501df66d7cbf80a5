import type { SourceEvents } from "../../producer/sources/source-event.ts";

/** A source that was looked at and can be sent. */
export interface FoundSource {
  readonly open: () => SourceEvents | Promise<SourceEvents>;
  /** To be called when everything was sent. */
  readonly done: () => Promise<void>;
  /** What to tell when the sending fails. */
  readonly ifItFails?: string;
}
