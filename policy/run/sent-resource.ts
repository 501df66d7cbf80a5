/** A resource of a deployment document in the form in which the analyzer protocol carries it. */
export interface SentResource {
  readonly urn: string;
  readonly type: string;
  readonly name: string;
  readonly inputs: Record<string, unknown>;
  readonly outputs: Record<string, unknown>;
  readonly parent: string;
  readonly protect: boolean;
  readonly dependencies: readonly string[];
  readonly propertyDependencies: Readonly<Record<string, readonly string[]>>;
  /** The provider's own resource; absent on components. */
  readonly provider?: {
    readonly type: string;
    readonly urn: string;
    readonly name: string;
    readonly inputs: Record<string, unknown>;
  };
}
