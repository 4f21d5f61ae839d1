import { type Sha256, sha256 } from './sha256.ts';
import type { SignatureTypeInfo } from './verifier-key.ts';

export interface SignatureCheck {
  readonly algorithm: SignatureTypeInfo['algorithm'];
  readonly publicKey: Uint8Array;
  readonly message: Uint8Array;
  readonly signature: Uint8Array;
}

/** `unsupported`: this runtime does not know the algorithm; the key then counts as unknown. */
export type SignatureOutcome = 'valid' | 'invalid' | 'unsupported';

/** What verifying needs from its surroundings. The `./writer` entry has a faster one for Node. */
export interface Runtime {
  readonly sha256: Sha256;
  readonly checkSignature: (check: SignatureCheck) => SignatureOutcome | Promise<SignatureOutcome>;
}

/** Script and WebCrypto only: runs in browsers and in Node. */
export const portableRuntime: Runtime = { sha256, checkSignature: checkWithWebCrypto };

/** Ed25519 (RFC 8032) and, where the browser offers it, ML-DSA-44 (FIPS 204) through WebCrypto. */
async function checkWithWebCrypto(check: SignatureCheck): Promise<SignatureOutcome> {
  const subtle = globalThis.crypto?.subtle as SubtleCrypto | undefined;
  if (subtle === undefined) return 'unsupported';
  const isMlDsa = check.algorithm === 'ml-dsa-44';
  const name = isMlDsa ? 'ML-DSA-44' : 'Ed25519';
  let key: CryptoKey;
  try {
    const format = (isMlDsa ? 'raw-public' : 'raw') as 'raw';
    key = await subtle.importKey(format, new Uint8Array(check.publicKey), { name }, false, ['verify']);
  } catch (error) {
    const missing = error instanceof TypeError || (error as Error).name === 'NotSupportedError';
    return missing ? 'unsupported' : 'invalid';
  }
  const { signature, message } = check;
  const valid = await subtle.verify({ name }, key, new Uint8Array(signature), new Uint8Array(message));
  return valid ? 'valid' : 'invalid';
}
