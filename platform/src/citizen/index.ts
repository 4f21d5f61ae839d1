export { citizenPages } from './pages.tsx';
export { publicPages } from './public-pages.tsx';
export {
  deathOf,
  type RecordedDeath,
  type RecordedRepresentative,
  representativesOf,
} from './representatives.ts';
export { whatWouldChange } from './what-would-change.ts';
