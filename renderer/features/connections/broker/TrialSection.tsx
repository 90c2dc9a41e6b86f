import { useTranslations } from 'use-intl'
import { trialIds, type CharacterGroup, type TrialId, type TrialResult } from '#shared/model/capabilities'
import { selectIsOnline, sessionState } from '../../../state/session'
import { useConnection } from '../../../state/useConnection'
import { Button } from '../../../ui/Button'
import { TextField } from '../../../ui/fields'
import { formatCount } from '../../../ui/format'
import { VisibleText } from '../../../ui/VisibleText'
import styles from './broker.module.css'
import { capabilitiesState, isPrefix } from './capabilitiesState'

/** What can be found out of the broker by trying: what each trial sends, before it does, and what came of it. */
export function TrialSection() {
  const t = useTranslations('broker.trials')
  const isOnline = useConnection(sessionState, selectIsOnline)
  const { prefix, chosen, report, setPrefix, stop, ...verbs } = useConnection(capabilitiesState, (state) => state)
  const isRunning = report?.phase === 'running'
  const isWrong = !isPrefix(prefix)
  return (
    <>
      <p>{t('intro')}</p>
      <div className={styles.tools}>
        <div className={styles.prefix}>
          <TextField
            label={t('prefix')}
            value={prefix}
            mono
            disabled={isRunning}
            error={isWrong ? t('prefixProblem') : null}
            onChange={setPrefix}
          />
        </div>
        {isRunning ? (
          <Button onClick={stop}>{t('stop')}</Button>
        ) : (
          <Button
            variant="primary"
            disabled={!isOnline || isWrong || chosen.length === 0}
            title={isOnline ? undefined : t('offline')}
            onClick={() => void verbs.try()}
          >
            {t('try')}
          </Button>
        )}
      </div>
      <table className={styles.trials} aria-label={t('table')}>
        <thead>
          <tr>
            <th scope="col">{t('what')}</th>
            <th scope="col">{t('found')}</th>
          </tr>
        </thead>
        <tbody>
          {trialIds.map((trial) => (
            <TrialRow key={trial} trial={trial} isRunning={isRunning} />
          ))}
        </tbody>
      </table>
    </>
  )
}

function TrialRow({ trial, isRunning }: { readonly trial: TrialId; readonly isRunning: boolean }) {
  const t = useTranslations('broker.trials')
  const isChosen = useConnection(capabilitiesState, ({ chosen }) => chosen.includes(trial))
  const choose = useConnection(capabilitiesState, (state) => state.choose)
  const result = useConnection(capabilitiesState, ({ report }) => report?.results.find((one) => one.trial === trial))
  return (
    <tr data-trial={trial} data-finding={result?.finding ?? undefined}>
      <th scope="row">
        <label className={styles.choice}>
          <input
            type="checkbox"
            checked={isChosen}
            disabled={isRunning}
            onChange={({ target }) => choose(trial, target.checked)}
          />
          {t(`names.${trial}`)}
        </label>
        <p className={styles.sends}>{t(`plans.${trial}`)}</p>
      </th>
      <td className="selectable">{result ? <Finding result={result} isRunning={isRunning} /> : '–'}</td>
    </tr>
  )
}

function Finding({ result, isRunning }: { readonly result: TrialResult; readonly isRunning: boolean }) {
  const t = useTranslations('broker.trials')
  const { finding, taken, refused, words, tries, trial } = result
  const groups = (names: readonly CharacterGroup[]) => names.map((name) => t(`groups.${name}`)).join(', ')
  if (finding === null) return <>{result.isRunning ? t('running') : isRunning ? '–' : t('cancelled')}</>
  const count = result.value ?? 0
  const value = t('bytes', { count: formatCount(count) })
  return (
    <>
      <strong>
        {trial === 'maximumQos' && finding === 'measured'
          ? t('qosUpTo', { value: count })
          : t(`findings.${finding}`, { value })}
      </strong>
      <span className={styles.tries}>{t('tries', { count: tries })}</span>
      {taken.length > 0 ? <p>{t('taken', { groups: groups(taken) })}</p> : null}
      {refused.length > 0 ? <p>{t('refused', { groups: groups(refused) })}</p> : null}
      {words === '' ? null : (
        <p className={styles.faint}>
          <VisibleText text={t('said', { words })} />
        </p>
      )}
    </>
  )
}
