import { sendingCost, totalDollars } from "../../producer/cost/billing.ts";
import type { Undelivered } from "../../producer/deliver.ts";
import type { EventProblem, SendSummary } from "../../producer/send-events.ts";
import type { Progress } from "../progress.ts";

/** How many problems are told one by one; the rest is counted. */
const problemsTold = 20;

/** What `sluice send` says while it works and at the end. */
export class SendReport {
  readonly #progress: Progress;
  readonly #started = performance.now();
  #problems = 0;
  #toldGivenUp = false;

  constructor(progress: Progress) {
    this.#progress = progress;
  }

  onProgress(summary: SendSummary): void {
    this.#progress.show(`sending: ${this.#line(summary)}`);
  }

  onProblem({ message, sent }: EventProblem): void {
    this.#problems++;
    if (this.#problems > problemsTold) return;
    this.#progress.say(`${message}${sent ? "" : " (not sent)"}`);
    if (this.#problems === problemsTold) this.#progress.say("Further problems are counted, not told.");
  }

  onUndelivered(undelivered: readonly Undelivered[], deadLetterFile: string): void {
    const [first] = undelivered;
    if (first && !this.#toldGivenUp) {
      this.#progress.say(
        `${first.failure.message}\nWhat is given up goes to ${deadLetterFile}; send it again with --from.`,
      );
    }
    this.#toldGivenUp = true;
  }

  /** The last line, for people. */
  text(summary: SendSummary, sinkName: string): string {
    const bad = [
      summary.passedOn > 0 &&
        `Sent although they do not fit the dataset (a row with NULLs, or the error output): ${number(summary.passedOn)}`,
      summary.rejected > 0 && `Not sent: ${number(summary.rejected)}`,
      summary.undelivered > 0 && `Given up: ${number(summary.undelivered)}`,
    ].filter((part) => part !== false);
    return `Sent to ${sinkName}: ${this.#line(summary)}${bad.map((part) => `\n${part}`).join("")}\n`;
  }

  /** The summary as `--json` prints it. */
  json(summary: SendSummary): Record<string, number> {
    const seconds = Math.round(this.#seconds()) || Math.round(this.#seconds() * 1000) / 1000;
    return { ...summary, seconds, estimatedDollars: estimatedDollars(summary) };
  }

  #line(summary: SendSummary): string {
    const seconds = this.#seconds();
    return [
      counted(summary.events, "event"),
      `${number(Math.round(summary.events / Math.max(seconds, 0.001)))}/s`,
      counted(summary.records, "record"),
      `${(summary.bytes / 1e6).toFixed(1)} MB`,
      ...(summary.retries > 0 ? [`${number(summary.retries)} sent again`] : []),
      `about $${estimatedDollars(summary).toPrecision(2)} on AWS`,
    ].join(", ");
  }

  #seconds(): number {
    return (performance.now() - this.#started) / 1000;
  }
}

/** Kinesis and Firehose of us-east-1 for as many records of the mean size. */
function estimatedDollars({ records, bytes }: SendSummary): number {
  return records === 0 ? 0 : totalDollars(sendingCost(records, bytes / records));
}

function counted(value: number, what: string): string {
  return `${number(value)} ${what}${value === 1 ? "" : "s"}`;
}

function number(value: number): string {
  return value.toLocaleString("en-US");
}
