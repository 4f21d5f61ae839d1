export { counterPages } from './pages.tsx';
