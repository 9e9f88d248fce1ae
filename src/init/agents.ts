/** AGENTS.md: how to work on the SLOs of a project, for whoever edits its files with a program. */

/** A section of its own, so that it fits below what a project says already. */
export const AGENTS = `## SLOs (firebreak)

- SLOs and budgets are declared in \`slos/\`. Edit those files only: \`generated/\` is compiled from them and never edited by hand.
- After a change run \`npm run slos:check\` and fix what it reports, warnings too, then \`npx firebreak build\`, and commit \`slos/\` and \`generated/\` together.
- \`npx firebreak test\` plays the generated tests in promtool, where that is installed. They are never edited to make them pass.
- An issue has a stable code, a place and a hint. \`--json\` gives them as data; exit codes are 0 done, 1 issues, 2 wrong usage.
- \`npx firebreak --describe\` lists every command, option and output as JSON. The JSON Schemas are in
  \`node_modules/firebreak/schemas/\`, the pages in \`node_modules/firebreak/docs/\` (\`llms.txt\` beside them says what is where).
- \`npx firebreak explain <service>/<slo>\` says what an SLO means; \`npx firebreak diff main...\` what a change means.
- Prefer a preset (\`docs/presets.md\`) to selectors of your own. Look at real series before you write a metric's name:
  \`npx firebreak doctor --prometheus URL\` says which of the declared ones exist.
- A secret is named, never given: no key, token or webhook URL belongs in these files.
- Never rename an SLO without \`formerly\`: its budget would lose its history.
`;
