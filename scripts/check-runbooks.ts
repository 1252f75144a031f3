import { builtInFolder, loadRunbooks } from "@/lib/runbooks/load";

// `npm run check-runbooks [folder]`: the built-in runbooks and those of a folder of your own; exits with 1 when one of them is broken.
const [folder] = process.argv.slice(2);
const { runbooks, broken } = loadRunbooks(builtInFolder(), folder ?? null);
for (const { id, builtIn, steps } of runbooks)
  console.log(`ok  ${id}${builtIn ? "" : " (own)"}: ${steps.length} steps`);
for (const { problems } of broken) for (const problem of problems) console.error(problem);
process.exit(broken.length > 0 ? 1 : 0);
