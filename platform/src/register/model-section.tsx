import type { Child } from 'hono/jsx';
import { AgencyText, Decimal, Integer, Machine, Percent, SummaryList, Tag, useT } from '../web/index.ts';
import { modelMessages } from './messages-model.ts';
import { type DecisionRule, type Effect, otherEffect } from './models/index.ts';
import type { PublicModel } from './public-model.ts';
import type { PublicSystem } from './public-register.ts';
import { modelUrl } from './public-schema.ts';
import type { SystemRecord } from './record.ts';

interface ModelProps {
  readonly system: PublicSystem;
  /** Undefined where the stored file cannot be read. */
  readonly model: PublicModel | undefined;
}

/** The kind of model, how the outcome follows from what it computes, and whether its reasons are exact. */
export function DecidesSection({ system, model }: ModelProps) {
  const t = useT(modelMessages);
  return (
    <section>
      <h2 id="decides">{t('title')}</h2>
      {model === undefined ? (
        <p>{t('unreadable')}</p>
      ) : (
        <SummaryList
          items={[
            {
              term: t('kind'),
              value: t(model.kind),
              note: t('format', { format: <Machine>{model.format}</Machine> }),
            },
            { term: t('rule'), value: <RuleText rule={model.rule} record={system.record} /> },
            { term: t('exactness'), value: <ExactnessText model={model} /> },
          ]}
        />
      )}
    </section>
  );
}

function ExactnessText({ model }: { model: PublicModel }) {
  const t = useT(modelMessages);
  const exact = model.kind === 'rules' ? 'exactRules' : 'exactText';
  return (
    <>
      <Tag state={model.exactness === 'exact' ? 'good' : 'attention'}>{t(model.exactness)}</Tag>
      <br />
      {t(model.exactness === 'exact' ? exact : 'approximateText')}
    </>
  );
}

function RuleText({ rule, record }: { rule: DecisionRule; record: SystemRecord }): Child {
  const t = useT(modelMessages);
  const outcome = (effect: Effect) => <AgencyText text={record.outcomes[effect]} mark={false} />;
  const answers = (list: readonly { name: string; effect: Effect }[], other?: Effect) => (
    <ul>
      {list.map(({ name, effect }) => (
        <li>{t('answer', { answer: <Machine>{name}</Machine>, outcome: outcome(effect) })}</li>
      ))}
      {other && <li>{t('other', { outcome: outcome(other) })}</li>}
    </ul>
  );
  switch (rule.by) {
    case 'class':
      return (
        <>
          {t('classes')}
          {answers(rule.classes)}
        </>
      );
    case 'result':
      return (
        <>
          {t('results', { field: <Machine>{rule.field}</Machine> })}
          {answers(
            rule.favourable.map((name) => ({ name, effect: 'favourable' })),
            'adverse',
          )}
        </>
      );
    default: {
      const { by, threshold, above } = rule;
      const limit =
        by === 'probability' ? <ProbabilityText value={threshold} /> : <Decimal value={threshold} />;
      return (
        <>
          {t(by, { limit, above: outcome(above), below: outcome(otherEffect(above)) })}
          {'output' in rule && rule.output > 0 && (
            <small class="ta-note">{t('output', { n: rule.output + 1 })}</small>
          )}
        </>
      );
    }
  }
}

/** A probability in percent, with all its digits. */
export function ProbabilityText({ value }: { value: string }) {
  const decimals = value.split('.')[1]?.length ?? 0;
  return <Percent share={value} digits={Math.max(0, decimals - 2)} />;
}

/** The file that decides, or that says who is asked, with its hash. */
export function ModelSection({ system, model }: ModelProps) {
  const t = useT(modelMessages);
  const { sha256, version } = system.model;
  return (
    <section>
      <h2 id="model">{t('file')}</h2>
      <p>{t(model?.kind === 'black-box' ? 'addressLead' : 'fileLead')}</p>
      <SummaryList
        items={[
          { term: t('version'), value: <Integer value={version} /> },
          {
            term: 'SHA-256',
            value: <Machine>{sha256}</Machine>,
            action: { href: modelUrl(system, sha256), label: t('download') },
          },
        ]}
      />
    </section>
  );
}

/** The reasons that the model can give, in the agency's words. */
export function ReasonsSection({ system, model }: ModelProps) {
  const t = useT(modelMessages);
  return (
    <section>
      <h2 id="reasons">{t('reasons')}</h2>
      <p>{t(model?.exactness === 'approximate' ? 'reasonsApproximate' : 'reasonsExact')}</p>
      <ul>
        {system.record.reasons.map(({ label, explanation }) => (
          <li>
            <AgencyText text={label} />
            {explanation && (
              <small class="ta-note">
                <AgencyText text={explanation} />
              </small>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
