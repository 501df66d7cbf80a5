/** A project or stack that can't be read. The message says what to do. */
export class ProjectError extends Error {
  override name = "ProjectError";
  /** A wrong call, for commands that end with it. */
  readonly exitCode = 2;
}
