// The first import of every entry. Plain CommonJS of old, so that a Node that is too old gets as far as the sentence.
"use strict";

const oldest = [22, 18];

const [major, minor] = process.versions.node.split(".").map(Number);
if (major < oldest[0] || (major === oldest[0] && minor < oldest[1])) {
  const error = new Error(
    `sluice needs Node ${oldest.join(".")} or later, this is ${process.version}. Install a current one from ` +
      "https://nodejs.org. Where the package `node` is a devDependency, npm scripts and npx bring it.",
  );
  // Where it happened is no news: the sentence is all there is to say.
  error.stack = error.message;
  throw error;
}
