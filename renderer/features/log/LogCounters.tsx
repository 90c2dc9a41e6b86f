import { useTranslations } from 'use-intl'
import { messagesState } from '../../state/messages'
import { settingsState } from '../../state/settings'
import { useApp, useAppObject } from '../../state/useApp'
import { useConnection } from '../../state/useConnection'
import { formatCount } from '../../ui/format'
import { toggleCopies } from './logActions'
import styles from './log.module.css'

const always = ['received', 'sent', 'kept', 'evicted', 'dropped'] as const
/**
 * Shown only above 0: a message was too large, somebody cleared the log, filters overlap, an acknowledgement got lost, or a
 * message was published twice.
 */
const sometimes = ['skipped', 'cleared', 'copies', 'redeliveries', 'repeats'] as const

/** Where the attribute that names a counter in the page has another word. */
const attributes: Readonly<Record<string, string>> = { redeliveries: 'redelivered', repeats: 'repeated' }

/** Above 0, messages that were sent to us are not in the log. */
const alarming: ReadonlySet<string> = new Set(['dropped', 'evicted', 'skipped'])

/** The exact numbers of the connection in view. */
export function LogCounters() {
  const t = useTranslations('log')
  const counters = useConnection(messagesState, (state) => state.counters)
  const shown = [...always, ...sometimes.filter((name) => counters[name] > 0)]
  return (
    <dl className={styles.counters}>
      {shown.map((name) => (
        <div key={name} className={styles.counter} title={t(`counterHints.${name}`)}>
          <dt>{t(`counters.${name}`)}</dt>
          <dd
            data-counter={attributes[name] ?? name}
            data-value={counters[name]}
            data-alarming={alarming.has(name) && counters[name] > 0}
          >
            {formatCount(counters[name])}
          </dd>
          {name === 'copies' ? (
            <dd>
              <CopiesSwitch />
            </dd>
          ) : null}
        </div>
      ))}
    </dl>
  )
}

/** Further copies are counted in any case, and messages of the log only while they are wanted. */
function CopiesSwitch() {
  const t = useTranslations('log')
  const shown = useApp(settingsState, (state) => state.settings.showCopies)
  const app = useAppObject()
  return (
    <button
      type="button"
      className={styles.copiesSwitch}
      aria-pressed={shown}
      title={t(shown ? 'copiesShown' : 'copiesHidden')}
      onClick={() => toggleCopies(app)}
    >
      {t('showCopies')}
    </button>
  )
}
