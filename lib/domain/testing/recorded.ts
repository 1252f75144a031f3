import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import type { RunbookPlaces } from "../runbooks/places";
import type { Snapshot } from "../snapshot";

/**
 * Pictures of a real cluster in trouble, as browsers were shown them: a lab under faults, watched by the built app, recorded by
 * `npm run record-snapshots`. A file each, `recorded/<name>.json.gz`; beside them the places of that cluster.
 */

export type RecordedPicture = { readonly name: string; readonly what: string; readonly snapshot: Snapshot };

const FOLDER = join(import.meta.dirname, "recorded");
const PLACES = "places.json.gz";

const read = (file: string): unknown => JSON.parse(gunzipSync(readFileSync(join(FOLDER, file))).toString());

/** All of them, by name. They are as they were written: whoever reads one checks it against the contract. */
export const recordedPictures = (): readonly RecordedPicture[] =>
  readdirSync(FOLDER)
    .filter((file) => file.endsWith(".json.gz") && file !== PLACES)
    .sort()
    .map((file) => read(file) as RecordedPicture);

export const recordedPlaces = (): RunbookPlaces => read(PLACES) as RunbookPlaces;
