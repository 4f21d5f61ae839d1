import { accessMigrations } from './access/tables.ts';
import { assessmentMigrations } from './assessment/tables.ts';
import { attachmentMigrations } from './attachments/tables.ts';
import { caseMigrations } from './cases/tables.ts';
import { citizenMigrations } from './citizen/tables.ts';
import { conformityMigrations } from './conformity/tables.ts';
import { consultationMigrations } from './consultation/tables.ts';
import { counterMigrations } from './counter/tables.ts';
import { decisionMigrations } from './decisions/tables.ts';
import { deskMigrations } from './desk/tables.ts';
import { erasureMigrations } from './erasure/tables.ts';
import { ledgerMigrations } from './ledger/tables.ts';
import { monitoringMigrations } from './monitoring/tables.ts';
import { noticeMigrations } from './notices/tables.ts';
import { primacyMigrations } from './primacy/tables.ts';
import { registerMigrations } from './register/tables.ts';
import { retentionMigrations } from './retention/tables.ts';
import { reviewMigrations } from './reviews/tables.ts';
import type { Migration } from './store/index.ts';
import { trainingMigrations } from './training/tables.ts';
import { vaultMigrations } from './vault/tables.ts';
import { webhookMigrations } from './webhooks/tables.ts';
import { withholdingMigrations } from './withholding/tables.ts';

/** Every room's migrations, in the one order in which they are applied. New ones go to the end. */
export const migrations: readonly Migration[] = [
  ...ledgerMigrations,
  ...registerMigrations,
  ...caseMigrations,
  ...decisionMigrations,
  ...accessMigrations,
  ...noticeMigrations,
  ...citizenMigrations,
  ...counterMigrations,
  ...trainingMigrations,
  ...deskMigrations,
  ...reviewMigrations,
  ...vaultMigrations,
  ...conformityMigrations,
  ...assessmentMigrations,
  ...consultationMigrations,
  ...monitoringMigrations,
  ...webhookMigrations,
  ...erasureMigrations,
  ...withholdingMigrations,
  ...primacyMigrations,
  ...retentionMigrations,
  ...attachmentMigrations,
];
