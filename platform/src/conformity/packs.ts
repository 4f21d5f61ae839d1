import { bundledPack, loadPack, type Pack } from '@taalil/norms';

const loaded = new Map<string, Pack>();

/** The norm packs that a system's record names, read once. Throws `NormError` for a pack that is not there. */
export function normPacks(ids: readonly string[]): readonly Pack[] {
  return ids.map((id) => {
    let pack = loaded.get(id);
    if (pack === undefined) {
      pack = loadPack(bundledPack(id));
      loaded.set(id, pack);
    }
    return pack;
  });
}
