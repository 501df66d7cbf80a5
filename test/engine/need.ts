/** A resource as AWS sees it: what it is and how it is called. */
export interface Declared {
  type: string;
  inputs: Record<string, unknown>;
  outputs: Record<string, unknown>;
}

/** Something that must exist before a resource can be created. */
export interface Need {
  /** What AWS would say when it is missing. */
  error: string;
  satisfiedBy(resource: Declared): boolean;
}
