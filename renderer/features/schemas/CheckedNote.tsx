import { useTranslations } from 'use-intl'
import { useChecksText } from '../../mqttUi/useChecksText'
import { logViewState } from '../../state/logView'
import { useAllChecks } from '../../state/schemaCounts'
import { useConnectionObject } from '../../state/useConnection'
import { Button } from '../../ui/Button'
import { formatCount } from '../../ui/format'
import styles from './schemas.module.css'

/** How many messages of the connection conform to the JSON Schemas of their topics, and what was not checked. */
export function CheckedNote() {
  'use no memo' // Counts are read anew whenever this is drawn.
  const t = useTranslations('schemas')
  const textOf = useChecksText()
  const connection = useConnectionObject()
  const checks = useAllChecks()
  const total = checks?.total()
  if (!checks || !total || total.checked + total.unchecked === 0) return null
  const missed = checks.missed()
  const show = () => connection.get(logViewState).addTerm({ not: false, test: { kind: 'schema', state: 'invalid' } })
  return (
    <div className={styles.checked}>
      <p title={t('counts.hint')} data-differing={total.differing > 0}>
        {textOf(total)}
        {missed === 0 ? null : ` ${t('counts.missed', { missed: formatCount(missed) })}`}
        {checks.isStuck() ? ` ${t('counts.stuck')}` : null}
      </p>
      {total.differing > 0 ? (
        <Button variant="quiet" onClick={show}>
          {t('counts.show')}
        </Button>
      ) : null}
    </div>
  )
}
