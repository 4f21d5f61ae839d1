/** What the archive is, for whoever opens it without knowing: plain text in three languages. */
export const README = `الملف كاملا، لفائدة وسيط المملكة أو المحكمة.
افتحوا index.html في متصفح، دون شبكة. يمكن التحقق هناك من أن لا شيء تغير.

Tout le dossier, pour le Médiateur du Royaume ou le tribunal.
Ouvrez index.html dans un navigateur, sans réseau. On peut y vérifier que rien n'a été changé.

The whole file, for the Ombudsman or the court.
Open index.html in a browser, with no network. There one can check that nothing was changed.

  ./taalil bundle verify FILE.zip --key VKEY

index.html, ar.html, fr.html, en.html   the file, to read
case.json               every event with its facts, decisions, requests
receipts.taalil.json    the proofs: docs/formats.md, "Receipt bundle"
clock.json              every date, with its rule and its computation
rules.json              the rules of law that the dates rest on, with source and certainty
files/                  what the person handed in, under the hash that was sealed when it came
system/                 the published record of the system, with its model's hash
manifest.json           every file with its size and SHA-256
issued.taalil.json      the receipt of the log entry that commits to manifest.json
`;
