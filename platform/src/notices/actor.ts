import type { JsonValue } from '@taalil/transparency-log';

/** Who did something about a notice: a member of staff, or an agency's own system. Never a name. */
export type Actor =
  | { readonly kind: 'staff'; readonly staffId: string }
  | { readonly kind: 'api-key'; readonly apiKeyId: string };

/** As it is sealed in the case's event. */
export function actorFact(by: Actor): JsonValue {
  return by.kind === 'staff' ? { staff: by.staffId } : { api_key: by.apiKeyId };
}
