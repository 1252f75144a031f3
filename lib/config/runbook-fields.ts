import { map, text } from "./fields";

/** The grammar of `runbooks` and of `clusters[].runbooks`. What is named there stands in commands that people copy into a shell. */

const pathText = "an absolute path of letters, digits, dots, dashes and underscores";
const path = () =>
  text(pathText)
    .regex(/^\/[A-Za-z0-9._/-]{0,300}$/, { error: pathText })
    .optional();
const nameText = "a name of letters, digits, dots, dashes and underscores";
const name = () =>
  text(nameText)
    .regex(/^[A-Za-z0-9_][A-Za-z0-9_.@-]{0,99}$/, { error: nameText })
    .optional();

export const runbookFields = map({ folder: text("the path of a folder").optional() });

export const hostFields = map({
  patroniConfig: path(),
  patroniService: name(),
  etcdConfig: path(),
  etcdService: name(),
  haproxyConfig: path(),
  haproxyService: name(),
  keepalivedConfig: path(),
  keepalivedService: name(),
  pgbouncerConfig: path(),
  pgbouncerService: name(),
  pgbackrestConfig: path(),
  stanza: name(),
  postgresUser: name(),
  dataDir: path(),
  binDir: path(),
});
