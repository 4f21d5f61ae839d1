/** Files that somebody hands in with a request: taken by what they are, sealed under the case's key, given back to be saved. */
export { chooseFiles, type Received } from './choose.ts';
export { archivePath, type FileFacts, filesFact, type HandedFile, handedFiles } from './facts.ts';
export {
  ChooseFiles,
  HandedFiles,
  StagedFiles,
  StagedNames,
  statusOf,
  useFileErrors,
} from './files-part.tsx';
export { destroyFiles, dropFiles, dropStaged, forgetFiles, markWithdrawn } from './forget.ts';
export { countFiles, downloadOf, findFile, openFile } from './open.ts';
export { type Holder, handIn, stagedFiles, stageFile } from './stage.ts';
export { type RefusedFile, receiveFiles, type Upload } from './upload.ts';
