import Mocha from "mocha";

/**
 * Mocha's spec reporter, followed by one line that scripts can read: "N passed, N failed, N skipped".
 */
export default class ClosingLineReporter extends Mocha.reporters.Spec {
  epilogue() {
    super.epilogue();
    const { passes, failures, pending } = this.stats;
    console.log(`${passes} passed, ${failures} failed, ${pending} skipped`);
  }
}
