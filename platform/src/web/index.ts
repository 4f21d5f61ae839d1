/** Everything a room's pages use. README.md shows how. */
export { assets, assetText, assetUrl, defineScript } from './assets.ts';
export { type CatalogueEntry, type Coverage, coverage, loadCatalogues } from './catalogues.ts';
export { type Bar, Bars, type BarsProps } from './components/bars.tsx';
export { Chart } from './components/chart.tsx';
export { DateField, readDate } from './components/date-field.tsx';
export {
  type KeyFigure,
  KeyFigures,
  type State,
  type SummaryItem,
  SummaryList,
  Tag,
  type Task,
  TaskList,
} from './components/facts.tsx';
export {
  Checkboxes,
  type ChoiceProps,
  CodeField,
  FileField,
  type Option,
  Radios,
  Select,
  TextArea,
  TextField,
  type TextFieldProps,
} from './components/fields.tsx';
export {
  ErrorSummary,
  Form,
  type FormErrors,
  type FormProps,
  type FormValues,
  fieldId,
} from './components/form.tsx';
export { Icon, type IconName } from './components/icons.tsx';
export {
  Actions,
  Button,
  ButtonLink,
  type ButtonProps,
  type ButtonVariant,
  Pagination,
  type PaginationProps,
  Tabs,
} from './components/links.tsx';
export {
  Alert,
  type AlertProps,
  type AlertTone,
  Callout,
  DefinitionHelp,
  EmptyState,
} from './components/notices.tsx';
export { QrCode } from './components/qr.tsx';
export { type Column, Table, type TableProps } from './components/table.tsx';
export {
  AgencyText,
  CodeText,
  DateText,
  Decimal,
  Duration,
  Integer,
  Machine,
  Percent,
  PersonName,
} from './components/text.tsx';
export { Timeline, type TimelineEvent } from './components/timeline.tsx';
export { WebError, type WebErrorCode } from './error.ts';
export * from './format.ts';
export * from './languages.ts';
export { Page, type PageKind, type PageProps, SPECIMEN } from './layout.tsx';
export { LetterPage, type LetterProps } from './letter.tsx';
export {
  type Catalogue,
  defineMessages,
  draft,
  type Message,
  type PlainValue,
  type Translator,
  toBeCommissioned,
  translator,
  type Value,
} from './messages.ts';
export { CONTENT_SECURITY_POLICY, type RenderOptions, renderPage, renderToString } from './render.ts';
export { type Human, type NavItem, type Site, type Staff, useId, useSite, useT } from './site.ts';
export { StandalonePage, type StandaloneProps } from './standalone.tsx';
