import js from "@eslint/js";
import tseslint from "typescript-eslint";

export default tseslint.config(
  { ignores: ["dist/", "node_modules/", ".sluice/", "policy/*/bin/"] },
  js.configs.recommended,
  tseslint.configs.recommendedTypeChecked,
  {
    languageOptions: {
      parserOptions: {
        projectService: { allowDefaultProject: ["*.js", "cli/*.js", "needs/*.cjs", "test/helpers/*.js"] },
        tsconfigRootDir: import.meta.dirname,
      },
    },
    rules: {
      eqeqeq: "error",
      // Node 22.18 has neither: needs/disposable-stack.ts.
      "no-restricted-globals": ["error", "AsyncDisposableStack", "DisposableStack"],
      "@typescript-eslint/consistent-type-imports": "error",
      "@typescript-eslint/no-unused-vars": ["error", { argsIgnorePattern: "^_", varsIgnorePattern: "^_" }],
      "@typescript-eslint/restrict-template-expressions": [
        "error",
        { allowNumber: true, allowBoolean: true },
      ],
    },
  },
  {
    files: ["**/*.js", "**/*.cjs"],
    extends: [tseslint.configs.disableTypeChecked],
    languageOptions: { globals: { console: "readonly", process: "readonly", URL: "readonly" } },
  },
  {
    // node:test waits for a test by itself.
    files: ["templates/*/test/*.ts"],
    rules: { "@typescript-eslint/no-floating-promises": "off" },
  },
  {
    // An Output's callback that nobody awaits is a test that cannot fail: use valueOf() of test/helpers.
    files: ["test/**/*.ts"],
    rules: {
      "no-restricted-syntax": [
        "error",
        {
          selector: "ExpressionStatement > CallExpression[callee.property.name='apply']",
          message: "An un-awaited apply() cannot fail a test: await valueOf(output).",
        },
      ],
    },
  },
);
