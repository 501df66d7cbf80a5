import { WrittenNumber } from "./written-number.ts";

/** What many numbers have in common. */
export class NumberRange {
  count = 0;
  least = Infinity;
  most = -Infinity;
  /** How many have a fraction, or are written with one (`1.0`) or an exponent. */
  fractions = 0;
  /** How many are whole and beyond the 53 bits that a JavaScript number holds exactly. */
  inexact = 0;
  /** How many are whole and beyond the 64 bits of a bigint. */
  huge = 0;
  /** The digits after the point, where all are written with as many. */
  decimals: number | undefined;

  add(number: number | WrittenNumber): void {
    const { value, source } = number instanceof WrittenNumber ? number : { value: number, source: undefined };
    const decimals = source === undefined ? undefined : /^-?\d+\.(\d+)$/.exec(source)?.[1]?.length;
    this.decimals = this.count === 0 || this.decimals === decimals ? decimals : undefined;
    this.count++;
    this.least = Math.min(this.least, value);
    this.most = Math.max(this.most, value);
    if (!Number.isInteger(value) || (source !== undefined && /[.eE]/.test(source))) this.fractions++;
    else if (!Number.isSafeInteger(value)) {
      this.inexact++;
      const exact = BigInt(source ?? value);
      if (BigInt.asIntN(64, exact) !== exact) this.huge++;
    }
  }

  merge(other: NumberRange): void {
    if (other.count === 0) return;
    this.decimals = this.count === 0 || this.decimals === other.decimals ? other.decimals : undefined;
    this.count += other.count;
    this.least = Math.min(this.least, other.least);
    this.most = Math.max(this.most, other.most);
    this.fractions += other.fractions;
    this.inexact += other.inexact;
    this.huge += other.huge;
  }
}
