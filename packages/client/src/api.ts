// Made from the OpenAPI document by `taalil openapi --types`; a test compares it.

export type BatchAnswer = (Decision) & ({
readonly line: number;
});

export type BatchLine = {
/** The agency's pseudonym for the person or household; never a name or an identity number. */
readonly subject: string;
/** The facts of this case, as the system declares them. */
readonly input: { readonly [name: string]: unknown };
/** Protected attributes, for audit only. */
readonly audit?: { readonly [name: string]: string | number | boolean };
readonly idempotency_key: string;
};

export type Consultations = {
readonly schema: "taalil-consultation/1";
readonly authority: string;
readonly system: string;
readonly consultations: readonly ({
readonly consultation: string;
readonly version: number;
readonly status: "open" | "closed";
readonly question: {
readonly ar?: string;
readonly zgh?: string;
readonly fr?: string;
readonly en?: string;
};
readonly opened_at: string;
readonly closes_on: string;
readonly closed_at: string | null;
readonly log_index: number;
/** How many comments, by ground. */
readonly not_published: { readonly [name: string]: number };
readonly comments: readonly ({
readonly comment: string;
readonly received_at: string;
/** null where the comment was withdrawn. */
readonly text: string | null;
readonly answer: {
readonly ar?: string;
readonly zgh?: string;
readonly fr?: string;
readonly en?: string;
} | null;
readonly answered_at: string | null;
readonly withdrawn_at: string | null;
readonly withdrawn_because: {
readonly ar?: string;
readonly zgh?: string;
readonly fr?: string;
readonly en?: string;
} | null;
})[];
})[];
};

export type Decides = {
readonly kind: "scorecard" | "trees" | "linear" | "rules" | "black-box";
readonly format: string;
/** Approximate: the model only answers, and its reasons are estimates with standard errors. */
readonly reasons: "exact" | "approximate";
/** Whether the model is held here, so that a decision can be run again. */
readonly runs_again: boolean;
readonly rule: {
readonly by: "score" | "margin" | "probability";
readonly threshold: string;
/** The outcome above the threshold; at or below it the other one. */
readonly above: "favourable" | "adverse";
readonly output?: number;
} | {
readonly by: "class";
readonly classes: readonly ({
readonly name: string;
readonly effect: "favourable" | "adverse";
})[];
} | {
readonly by: "result";
readonly field: string;
/** Any other result is adverse. */
readonly favourable: readonly (string)[];
};
} | null;

export type Decision = {
readonly decision: string;
readonly case: string;
/** The case's public reference, printed on the notice. */
readonly reference: string;
readonly system: string;
/** Version of the public record that was in force. */
readonly version: number;
readonly status: "awaiting-person" | "effective" | "superseded";
readonly created_at: string;
/** The entry's place in the authority's transparency log. */
readonly log_index: number;
readonly superseded_by?: string;
readonly outcome?: {
readonly effect: "favourable" | "adverse";
readonly decided_by: "rule" | "person";
readonly effective_at: string;
/** Exact decimal; none for rules, which compare no number. */
readonly score?: string;
readonly threshold?: string;
/** What floating point leaves between the model’s own sum and the reasons; none when 0. */
readonly difference?: string;
/** The values of the reasons were estimated. */
readonly approximate?: true;
/** Contributions against what is usual; with the base they add up to the score. Of rules: those that applied. */
readonly reasons: readonly ({
readonly reason: string;
readonly value?: string;
readonly standard_error?: string;
})[];
};
};

export type Duties = {
readonly schema: "taalil-duties/1";
readonly authority: string;
readonly system: string;
readonly on: string;
/** The higher of the declared and the approved one. */
readonly impact_level: number;
/** How many duties that bind stand where. "open" proves no breach; "held" does not say that the law is kept. */
readonly binding: {
readonly held: number;
readonly open: number;
readonly against: number;
};
readonly duties: readonly ({
readonly rule: {
readonly pack: string;
readonly id: string;
readonly source: string;
readonly article: string;
readonly certainty: string;
};
readonly status: "binding" | "announced";
readonly on: "decision" | "system" | "authority";
readonly state: "held" | "open" | "against";
readonly open_questions: readonly (string)[];
readonly needs: readonly ({
readonly name: string;
readonly kind: "record" | "figure" | "document";
readonly state: "shown" | "missing" | "expired" | "contradicted";
readonly evidence: {
readonly how: "counted" | "recorded" | "built-in";
readonly date: string;
/** A share, where one may be shown. */
readonly value: number | null;
readonly reference: string;
} | null;
})[];
})[];
readonly questions_of_law: readonly ({
readonly pack: string;
readonly question: string;
readonly presumed: boolean;
readonly answer: boolean | null;
readonly because: string | null;
readonly answered_on: string | null;
readonly until: string | null;
})[];
};

export type EstablishedOutcome = {
/** The effect that the facts call for, as they turned out to be: "adverse" where what the system looks for was really there. */
readonly outcome: "favourable" | "adverse";
/** Why anybody looked: because of the decision, because the case was drawn at random whatever the decision, or for another reason. Only cases drawn at random say something about those never looked at. */
readonly sought: "decision" | "random" | "other";
};

export type Event = {
readonly cursor: string;
readonly type: string;
readonly at: string;
readonly system: string;
readonly case: string;
readonly decision?: string;
};

export type Events = {
readonly events: readonly (Event)[];
readonly next: string;
readonly more: boolean;
};

export type Figures = {
/** Taken when this day was over in Morocco; figures are never live. */
readonly snapshot: string;
readonly from: string;
readonly total: {
/** Cases decided for the first time. */
readonly volume: number | null;
/** Of the cases decided, those decided against the person. */
readonly adverse: {
readonly count: number;
readonly of: number;
/** Decimal, three digits. */
readonly share: string;
/** 95 %, Wilson's score interval. */
readonly interval: readonly (unknown)[];
} | null;
/** Of the proposals that a person decided, those overridden. */
readonly overridden: {
readonly count: number;
readonly of: number;
/** Decimal, three digits. */
readonly share: string;
/** 95 %, Wilson's score interval. */
readonly interval: readonly (unknown)[];
} | null;
/** Requests for review, in tens. */
readonly reviews_asked_at_least: number | null;
/** Of the reviews answered, those upheld. */
readonly reviews_upheld: {
readonly count: number;
readonly of: number;
/** Decimal, three digits. */
readonly share: string;
/** 95 %, Wilson's score interval. */
readonly interval: readonly (unknown)[];
} | null;
/** Calendar days from the request to the answer. */
readonly review_days: {
readonly median: string;
/** 95 %, exact binomial ranks. */
readonly interval: readonly (unknown)[];
readonly of: number;
} | null;
};
/** The last day that each total counts: a change of fewer than ten people waits. */
readonly total_until: {
readonly volume: string | null;
readonly adverse: string | null;
readonly overridden: string | null;
readonly reviews_asked_at_least: string | null;
readonly reviews_upheld: string | null;
readonly review_days: string | null;
};
/** By watched attribute, never crossed: of the cases decided, those decided against the person. */
readonly groups: { readonly [name: string]: {
readonly until: string;
/** By group; the empty name is those of unknown group. */
readonly groups: { readonly [name: string]: {
readonly count: number;
readonly of: number;
/** Decimal, three digits. */
readonly share: string;
/** 95 %, Wilson's score interval. */
readonly interval: readonly (unknown)[];
} | null };
/** Groups too small to stand alone. */
readonly together: {
readonly count: number;
readonly of: number;
/** Decimal, three digits. */
readonly share: string;
/** 95 %, Wilson's score interval. */
readonly interval: readonly (unknown)[];
} | null;
} };
/** Closed periods, newest first. */
readonly periods: readonly ({
readonly from: string;
readonly to: string;
/** Cases decided for the first time. */
readonly volume: number | null;
/** Of the cases decided, those decided against the person. */
readonly adverse: {
readonly count: number;
readonly of: number;
/** Decimal, three digits. */
readonly share: string;
/** 95 %, Wilson's score interval. */
readonly interval: readonly (unknown)[];
} | null;
/** Of the proposals that a person decided, those overridden. */
readonly overridden: {
readonly count: number;
readonly of: number;
/** Decimal, three digits. */
readonly share: string;
/** 95 %, Wilson's score interval. */
readonly interval: readonly (unknown)[];
} | null;
/** Requests for review, in tens. */
readonly reviews_asked_at_least: number | null;
/** Of the reviews answered, those upheld. */
readonly reviews_upheld: {
readonly count: number;
readonly of: number;
/** Decimal, three digits. */
readonly share: string;
/** 95 %, Wilson's score interval. */
readonly interval: readonly (unknown)[];
} | null;
/** Calendar days from the request to the answer. */
readonly review_days: {
readonly median: string;
/** 95 %, exact binomial ranks. */
readonly interval: readonly (unknown)[];
readonly of: number;
} | null;
})[];
} | null;

export type Letter = {
readonly reference: string;
/** 12 digits; cannot be read again */
readonly code: string;
/** Where the person enters both; print it, also as a QR code */
readonly address: string;
readonly code_version: number;
readonly issued_at: string;
};

export type NewWebhook = {
readonly url: string;
/** Left out: all that the key acts for. */
readonly systems?: readonly (string)[];
/** Left out: all. */
readonly types?: readonly (string)[];
};

export type Notification = {
readonly mode: "hand" | "registered-letter" | "electronic";
/** The day the person was reached */
readonly date: string;
/** Without a proof no time runs; send the notification again when the proof is in */
readonly proof?: {
/** What proves it, and its number */
readonly document: string;
/** The day the proof came in */
readonly on: string;
};
/** Into whose hands */
readonly to: string;
};

export type Problem = {
readonly type: string;
readonly title: string;
readonly status: number;
readonly code: string;
readonly where?: string;
readonly mend?: string;
readonly faults?: readonly ({
readonly where: string;
readonly what: string;
})[];
};

export type Publication = {
readonly system: string;
readonly outcome: "registered" | "published" | "unchanged";
readonly status: "draft" | "live" | "suspended" | "retired";
readonly version: number;
readonly model_version: number;
readonly log_index: number;
};

export type PublishedAssessments = {
readonly schema: "taalil-assessment/1";
readonly authority: string;
readonly system: string;
readonly assessments: readonly ({
readonly assessment: string;
readonly pack: string;
readonly rule: string;
readonly approved_at: string | null;
readonly log_index: number | null;
readonly level: number;
/** A decimal. */
readonly points: string;
readonly of: number;
readonly mitigation: {
readonly points: number;
readonly of: number;
readonly enough: boolean;
};
readonly answers: { readonly [name: string]: string | readonly (string)[] };
})[];
};

export type Recorded = {
readonly recorded_at: string;
readonly log_index: number;
};

export type Register = {
readonly schema: "taalil-register/1";
readonly systems: readonly ({
readonly authority: string;
readonly system: string;
readonly status: "live" | "suspended" | "retired";
readonly version: number;
readonly impact_level: number;
readonly name: {
readonly ar?: string;
readonly zgh?: string;
readonly fr?: string;
readonly en?: string;
};
readonly purpose: {
readonly ar?: string;
readonly zgh?: string;
readonly fr?: string;
readonly en?: string;
};
/** The whole record, as JSON. */
readonly url: string;
})[];
/** Cursor for ?after=; null on the last page. */
readonly next: string | null;
};

export type RegisterSystem = {
readonly schema: "taalil-register-system/1";
readonly authority: {
readonly id: string;
readonly name: {
readonly ar?: string;
readonly zgh?: string;
readonly fr?: string;
readonly en?: string;
};
readonly human_contact: {
readonly telephone: string;
readonly counter: {
readonly ar?: string;
readonly zgh?: string;
readonly fr?: string;
readonly en?: string;
};
readonly hours: {
readonly ar?: string;
readonly zgh?: string;
readonly fr?: string;
readonly en?: string;
};
};
};
readonly system: string;
readonly status: "live" | "suspended" | "retired";
readonly status_since: string;
readonly status_reason: {
readonly ar?: string;
readonly zgh?: string;
readonly fr?: string;
readonly en?: string;
} | null;
readonly version: number;
readonly present_version: number;
readonly published_at: string;
/** The version's place in the authority's transparency log. */
readonly log_index: number;
readonly model: {
readonly version: number;
readonly sha256: string;
readonly url: string;
};
readonly decides: Decides;
readonly record: SystemRecord;
readonly versions: readonly ({
readonly version: number;
readonly published_at: string;
readonly log_index: number;
readonly model: {
readonly version: number;
readonly sha256: string;
readonly url: string;
};
})[];
readonly status_history: readonly ({
readonly at: string;
readonly from: "draft" | "live" | "suspended" | "retired";
readonly to: "draft" | "live" | "suspended" | "retired";
readonly reason: {
readonly ar?: string;
readonly zgh?: string;
readonly fr?: string;
readonly en?: string;
} | null;
readonly log_index: number;
})[];
readonly figures: Figures;
/** How differences between groups are watched, as a supervisor declared it. */
readonly monitoring: {
readonly revision: number;
readonly declared_at: string;
readonly compared_by: readonly (string)[];
readonly within: readonly (string)[];
/** Largest tolerated excess of the share, as a decimal. */
readonly tolerance: string;
/** Other tolerances, by attribute or fact. */
readonly tolerances: { readonly [name: string]: string };
readonly justification: {
readonly ar?: string;
readonly zgh?: string;
readonly fr?: string;
readonly en?: string;
};
readonly on_breach: "notify" | "suspend";
} | null;
readonly log: {
readonly origin: string;
readonly vkey: string;
readonly checkpoint: string;
};
};

export type RequestForReview = {
readonly request: string;
readonly case: string;
/** The decision under review */
readonly decision: string;
readonly system: string;
readonly status: "open" | "assigned" | "decided";
/** What the desk qualified it as; null until it has */
readonly kind: "revision" | "complaint" | "rectification" | "opposition" | "appeal-to-author" | "appeal-to-superior" | null;
/** The person contests the qualification */
readonly contested: boolean;
readonly requested_at: string;
readonly clock: {
/** The last day that holds */
readonly due: string;
readonly state: "running" | "near" | "passed" | "paused" | "answered";
readonly rule: string;
readonly certainty: string;
/** No source gives the length of this period */
readonly unverified: boolean;
readonly extended: boolean;
};
readonly documents: "not-asked" | "waiting" | "brought";
/** How many files came with it and were not taken back; their content is not given here */
readonly files: number;
readonly outcome: "upheld" | "rejected" | null;
readonly new_decision: string | null;
readonly collective: string | null;
};

export type Requests = {
readonly requests: readonly (RequestForReview)[];
};

export type StatusChange = {
readonly status: "live" | "suspended" | "retired";
/** Published with the change; only going live the first time needs none. */
readonly reason?: {
readonly ar?: string;
readonly zgh?: string;
readonly fr?: string;
readonly en?: string;
};
};

export type SystemRecord = {
readonly name: {
readonly ar?: string;
readonly zgh?: string;
readonly fr?: string;
readonly en?: string;
};
readonly purpose: {
readonly ar?: string;
readonly zgh?: string;
readonly fr?: string;
readonly en?: string;
};
readonly legalBasis: readonly ({
readonly id: string;
readonly title: {
readonly ar?: string;
readonly zgh?: string;
readonly fr?: string;
readonly en?: string;
};
readonly article?: string;
})[];
readonly kindOfDecision: {
readonly ar?: string;
readonly zgh?: string;
readonly fr?: string;
readonly en?: string;
};
readonly outcomes: {
readonly favourable: {
readonly ar?: string;
readonly zgh?: string;
readonly fr?: string;
readonly en?: string;
};
readonly adverse: {
readonly ar?: string;
readonly zgh?: string;
readonly fr?: string;
readonly en?: string;
};
};
readonly impactLevel: 1 | 2 | 3 | 4;
readonly norms: readonly (string)[];
readonly inputs: readonly ({
readonly name: string;
readonly label: {
readonly ar?: string;
readonly zgh?: string;
readonly fr?: string;
readonly en?: string;
};
readonly help?: {
readonly ar?: string;
readonly zgh?: string;
readonly fr?: string;
readonly en?: string;
};
readonly topic: "household-size" | "age" | "schooling" | "literacy" | "health" | "cover" | "housing" | "work" | "consumption" | "residence" | "registry" | "property" | "income" | "business" | "other";
readonly correctable: boolean;
readonly actionable?: {
readonly justification: {
readonly ar?: string;
readonly zgh?: string;
readonly fr?: string;
readonly en?: string;
};
};
readonly source?: {
readonly ar?: string;
readonly zgh?: string;
readonly fr?: string;
readonly en?: string;
};
readonly optional?: boolean;
readonly type: "integer";
readonly minimum: number;
readonly maximum: number;
readonly unit?: {
readonly ar?: string;
readonly zgh?: string;
readonly fr?: string;
readonly en?: string;
};
} | {
readonly name: string;
readonly label: {
readonly ar?: string;
readonly zgh?: string;
readonly fr?: string;
readonly en?: string;
};
readonly help?: {
readonly ar?: string;
readonly zgh?: string;
readonly fr?: string;
readonly en?: string;
};
readonly topic: "household-size" | "age" | "schooling" | "literacy" | "health" | "cover" | "housing" | "work" | "consumption" | "residence" | "registry" | "property" | "income" | "business" | "other";
readonly correctable: boolean;
readonly actionable?: {
readonly justification: {
readonly ar?: string;
readonly zgh?: string;
readonly fr?: string;
readonly en?: string;
};
};
readonly source?: {
readonly ar?: string;
readonly zgh?: string;
readonly fr?: string;
readonly en?: string;
};
readonly optional?: boolean;
readonly type: "decimal";
readonly minimum: number;
readonly maximum: number;
readonly decimals: number;
readonly unit?: {
readonly ar?: string;
readonly zgh?: string;
readonly fr?: string;
readonly en?: string;
};
} | {
readonly name: string;
readonly label: {
readonly ar?: string;
readonly zgh?: string;
readonly fr?: string;
readonly en?: string;
};
readonly help?: {
readonly ar?: string;
readonly zgh?: string;
readonly fr?: string;
readonly en?: string;
};
readonly topic: "household-size" | "age" | "schooling" | "literacy" | "health" | "cover" | "housing" | "work" | "consumption" | "residence" | "registry" | "property" | "income" | "business" | "other";
readonly correctable: boolean;
readonly actionable?: {
readonly justification: {
readonly ar?: string;
readonly zgh?: string;
readonly fr?: string;
readonly en?: string;
};
};
readonly source?: {
readonly ar?: string;
readonly zgh?: string;
readonly fr?: string;
readonly en?: string;
};
readonly optional?: boolean;
readonly type: "boolean";
} | {
readonly name: string;
readonly label: {
readonly ar?: string;
readonly zgh?: string;
readonly fr?: string;
readonly en?: string;
};
readonly help?: {
readonly ar?: string;
readonly zgh?: string;
readonly fr?: string;
readonly en?: string;
};
readonly topic: "household-size" | "age" | "schooling" | "literacy" | "health" | "cover" | "housing" | "work" | "consumption" | "residence" | "registry" | "property" | "income" | "business" | "other";
readonly correctable: boolean;
readonly actionable?: {
readonly justification: {
readonly ar?: string;
readonly zgh?: string;
readonly fr?: string;
readonly en?: string;
};
};
readonly source?: {
readonly ar?: string;
readonly zgh?: string;
readonly fr?: string;
readonly en?: string;
};
readonly optional?: boolean;
readonly type: "choice";
readonly values: readonly ({
readonly value: string;
readonly label: {
readonly ar?: string;
readonly zgh?: string;
readonly fr?: string;
readonly en?: string;
};
})[];
})[];
readonly reasons: readonly ({
readonly id: string;
readonly label: {
readonly ar?: string;
readonly zgh?: string;
readonly fr?: string;
readonly en?: string;
};
readonly explanation?: {
readonly ar?: string;
readonly zgh?: string;
readonly fr?: string;
readonly en?: string;
};
})[];
readonly model?: {
readonly outcome: {
readonly by: "margin" | "probability";
readonly threshold: string;
readonly above: "favourable" | "adverse";
readonly output?: number;
} | {
readonly by: "result";
readonly field: string;
readonly favourable: readonly (string)[];
} | {
readonly by: "class";
readonly classes: readonly ({
readonly name: string;
readonly effect: "favourable" | "adverse";
})[];
};
readonly features?: readonly ({
readonly feature: string;
readonly input: string;
readonly equals?: string;
readonly codes?: { readonly [name: string]: number };
readonly reason: string;
})[];
readonly rules?: readonly ({
readonly node: string;
readonly row: string;
readonly reason: string;
})[];
readonly facts?: readonly ({
readonly fact: string;
readonly input: string;
})[];
readonly background?: readonly ({ readonly [name: string]: string | number | boolean })[];
};
readonly humanInvolvement: {
readonly ar?: string;
readonly zgh?: string;
readonly fr?: string;
readonly en?: string;
};
readonly humanContact: {
readonly telephone: string;
readonly counter: {
readonly ar?: string;
readonly zgh?: string;
readonly fr?: string;
readonly en?: string;
};
readonly hours: {
readonly ar?: string;
readonly zgh?: string;
readonly fr?: string;
readonly en?: string;
};
};
readonly manualFallback: {
readonly ar?: string;
readonly zgh?: string;
readonly fr?: string;
readonly en?: string;
};
readonly sameReasonsLimit?: number;
};

export type SystemState = {
readonly system: string;
readonly status: "draft" | "live" | "suspended" | "retired";
readonly version: number;
readonly model_version: number;
readonly model_sha256: string;
readonly updated_at: string;
readonly status_reason: {
readonly ar?: string;
readonly zgh?: string;
readonly fr?: string;
readonly en?: string;
} | null;
/** One of the two people who re-arm it has asked for it. */
readonly rearm_requested: boolean;
};

export type Webhook = {
readonly webhook: string;
readonly url: string;
readonly systems: "all" | readonly (string)[];
readonly types: "all" | readonly (string)[];
readonly status: "active" | "paused";
/** The last event that was delivered, or set aside to be retried. */
readonly cursor: string;
readonly created_at: string;
};

export type WebhookChange = {
readonly status?: "active" | "paused";
/** Send every event after this cursor again. */
readonly replay_after?: string;
};

export type WebhookFailure = {
readonly cursor: string;
readonly status: "waiting" | "dead";
readonly attempts: number;
readonly next_at: string;
readonly failure: string;
};

export type WebhookWithSecret = (Webhook) & ({
/** Shown this one time: whsec_ and base64, as Standard Webhooks has it. */
readonly secret: string;
});

export interface Operations {

  /** Set a draft live, suspend a system, or retire it. */
  readonly changeStatus: {
    readonly method: 'POST';
    readonly path: '/api/v1/systems/{system}/status';
    readonly body: StatusChange;
    readonly answer: SystemState;
  };

  /** Pause a webhook, go on, or send events again. */
  readonly changeWebhook: {
    readonly method: 'PATCH';
    readonly path: '/api/v1/webhooks/{webhook}';
    readonly body: WebhookChange;
    readonly answer: Webhook;
  };

  /** Have events sent to an address. */
  readonly createWebhook: {
    readonly method: 'POST';
    readonly path: '/api/v1/webhooks';
    readonly body: NewWebhook;
    readonly answer: WebhookWithSecret;
  };

  /** Ask a system to decide one case. */
  readonly decide: {
    readonly method: 'POST';
    readonly path: '/api/v1/systems/{system}/decisions';
    readonly body: {
/** The agency's pseudonym for the person or household; never a name or an identity number. */
readonly subject: string;
/** The facts of this case, as the system declares them. */
readonly input: { readonly [name: string]: unknown };
/** Protected attributes, for audit only. */
readonly audit?: { readonly [name: string]: string | number | boolean };
};
    readonly answer: Decision;
  };

  /** Ask a system to decide many cases. */
  readonly decideBatch: {
    readonly method: 'POST';
    readonly path: '/api/v1/systems/{system}/decisions/batch';
    readonly body: BatchLine;
    readonly answer: BatchAnswer;
  };

  /** Send nothing there any more. */
  readonly deleteWebhook: {
    readonly method: 'DELETE';
    readonly path: '/api/v1/webhooks/{webhook}';
    readonly body: undefined;
    readonly answer: undefined;
  };

  /** Tell what the facts of a case turned out to be. */
  readonly establishOutcome: {
    readonly method: 'PUT';
    readonly path: '/api/v1/decisions/{decision}/outcome';
    readonly body: EstablishedOutcome;
    readonly answer: {
readonly status: "recorded" | "unchanged";
};
  };

  /** What happened in your cases, in order, at least once. */
  readonly events: {
    readonly method: 'GET';
    readonly path: '/api/v1/events';
    readonly body: undefined;
    readonly answer: Events;
  };

  /** Your systems, drafts included. */
  readonly listSystems: {
    readonly method: 'GET';
    readonly path: '/api/v1/systems';
    readonly body: undefined;
    readonly answer: {
readonly systems: readonly (SystemState)[];
};
  };

  /** The webhooks of your authority. */
  readonly listWebhooks: {
    readonly method: 'GET';
    readonly path: '/api/v1/webhooks';
    readonly body: undefined;
    readonly answer: {
readonly webhooks: readonly (Webhook)[];
};
  };

  /** Make a new code for the letter to the person. */
  readonly makeLetter: {
    readonly method: 'POST';
    readonly path: '/api/v1/decisions/{decision}/letter';
    readonly body: undefined;
    readonly answer: Letter;
  };

  /** Register a system, or publish a new version of it. */
  readonly publishSystem: {
    readonly method: 'PUT';
    readonly path: '/api/v1/systems/{system}';
    readonly body: {
readonly record: SystemRecord;
readonly model: {
/** SHA-256 of the file: a file with another one is refused */
readonly sha256: string;
/** The model file, at most 32 MiB */
readonly base64: string;
};
};
    readonly answer: Publication;
  };

  /** The approved impact assessments of a system, with every answer. */
  readonly readAssessment: {
    readonly method: 'GET';
    readonly path: '/api/v1/register/{authority}/{system}/assessment';
    readonly body: undefined;
    readonly answer: PublishedAssessments;
  };

  /** The public consultations on a system: comments and answers. */
  readonly readConsultations: {
    readonly method: 'GET';
    readonly path: '/api/v1/consultations/{authority}/{system}';
    readonly body: undefined;
    readonly answer: Consultations;
  };

  /** Read one decision as it stands. */
  readonly readDecision: {
    readonly method: 'GET';
    readonly path: '/api/v1/decisions/{decision}';
    readonly body: undefined;
    readonly answer: Decision;
  };

  /** The duties of a system and the evidence held, with the questions of law behind them. */
  readonly readDuties: {
    readonly method: 'GET';
    readonly path: '/api/v1/register/{authority}/{system}/duties';
    readonly body: undefined;
    readonly answer: Duties;
  };

  /** The published figures of groups as CSV. */
  readonly readGroups: {
    readonly method: 'GET';
    readonly path: '/api/v1/register/{authority}/{system}/groups.csv';
    readonly body: undefined;
    readonly answer: string;
  };

  /** A model file, byte for byte as it was registered. */
  readonly readModel: {
    readonly method: 'GET';
    readonly path: '/api/v1/register/{authority}/{system}/models/{sha256}';
    readonly body: undefined;
    readonly answer: unknown;
  };

  /** The receipts of the decision's case. */
  readonly readReceipt: {
    readonly method: 'GET';
    readonly path: '/api/v1/decisions/{decision}/receipt';
    readonly body: undefined;
    readonly answer: {
readonly v: 1;
readonly receipts: readonly (unknown)[];
};
  };

  /** One system: record, model file, versions, history, figures. */
  readonly readRegister: {
    readonly method: 'GET';
    readonly path: '/api/v1/register/{authority}/{system}';
    readonly body: undefined;
    readonly answer: RegisterSystem;
  };

  /** One of your systems, drafts included. */
  readonly readSystem: {
    readonly method: 'GET';
    readonly path: '/api/v1/systems/{system}';
    readonly body: undefined;
    readonly answer: SystemState;
  };

  /** Record that the decision was brought to the person. */
  readonly recordNotification: {
    readonly method: 'POST';
    readonly path: '/api/v1/decisions/{decision}/notification';
    readonly body: Notification;
    readonly answer: Recorded;
  };

  /** One request for review. */
  readonly requestForReview: {
    readonly method: 'GET';
    readonly path: '/api/v1/requests/{request}';
    readonly body: undefined;
    readonly answer: RequestForReview;
  };

  /** Requests for review, with what each is in law and where its clock stands. */
  readonly requestsForReview: {
    readonly method: 'GET';
    readonly path: '/api/v1/requests';
    readonly body: undefined;
    readonly answer: Requests;
  };

  /** A new secret; the old one signs beside it for a day. */
  readonly rotateWebhookSecret: {
    readonly method: 'POST';
    readonly path: '/api/v1/webhooks/{webhook}/secret';
    readonly body: undefined;
    readonly answer: WebhookWithSecret;
  };

  /** The public register of systems. */
  readonly searchRegister: {
    readonly method: 'GET';
    readonly path: '/api/v1/register';
    readonly body: undefined;
    readonly answer: Register;
  };

  /** Events that were not taken: waiting for the next attempt, or given up. */
  readonly webhookFailures: {
    readonly method: 'GET';
    readonly path: '/api/v1/webhooks/{webhook}/failures';
    readonly body: undefined;
    readonly answer: {
readonly failures: readonly (WebhookFailure)[];
};
  };

}


