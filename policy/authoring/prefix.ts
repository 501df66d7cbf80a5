import { parseS3Url } from "../../aws/s3-url.ts";

/**
 * A prefix or location template with each expression as `*`: `data/dt=!{timestamp:yyyy-MM-dd}/` and
 * `data/dt=${dt}/` both give `data/dt=*` and a slash. Neighbouring expressions count as one, since one partition column may hold
 * what several expressions write (yyyy/MM/dd).
 */
export function skeleton(text: string): string {
  return text.replace(/[!$]\{[^}]*\}/g, "*").replace(/\*(?:[-/]\*)+/g, "*");
}

/** Bucket and folder of an s3:// location; the folder ends in a slash, or is empty. */
export function s3Location(location: string): { bucket: string; folder: string } | undefined {
  const parts = parseS3Url(location);
  return parts && { bucket: parts.bucket, folder: parts.key.replace(/[^/]$/, "$&/") };
}
