import { useTranslations } from 'use-intl'
import { messagesState } from '../../state/messages'
import { settingsState } from '../../state/settings'
import { useApp, useAppObject } from '../../state/useApp'
import { useConnection } from '../../state/useConnection'
import { formatCount } from '../../ui/format'
import { Tooltip } from '../../ui/Tooltip'
import { toggleCopies } from './logActions'
import styles from './log.module.css'

/** What came, what became of it, and what was noticed of it. */
const groups = [
  ['received', 'sent'],
  ['kept', 'evicted', 'cleared', 'dropped', 'damaged'],
  ['skipped', 'copies', 'redeliveries', 'repeats'],
] as const
type CounterName = (typeof groups)[number][number]

/**
 * Seen only above 0: messages are not in the log that were sent to us, filters overlap, an acknowledgement got lost, or a
 * message was published twice. The rest is what everybody expects, and stands in the hover card.
 */
const exceptions: ReadonlySet<CounterName> = new Set([
  'evicted',
  'dropped',
  'damaged',
  'skipped',
  'copies',
  'redeliveries',
  'repeats',
])

/** Above 0, messages that were sent to us are not in the log. */
const alarming: ReadonlySet<CounterName> = new Set(['evicted', 'dropped', 'damaged', 'skipped'])

/** Where the attribute that names a counter in the page has another word. */
const attributes: Readonly<Partial<Record<CounterName, string>>> = { redeliveries: 'redelivered', repeats: 'repeated' }

/** The exact numbers of the connection in view. All stand in the page, whether they are seen or not. */
export function LogCounters() {
  return (
    <div className={styles.counters}>
      <Tooltip text={<CounterCard />} closeOnClick={false}>
        <button type="button" className={styles.countersButton}>
          <KeptCount />
        </button>
      </Tooltip>
      <dl className={styles.counters}>
        {groups.flat().map((name) => (
          <Counter key={name} name={name} />
        ))}
      </dl>
    </div>
  )
}

/** It alone is drawn with each batch, and not the tooltip around it. */
function KeptCount() {
  const t = useTranslations('log')
  const kept = useConnection(messagesState, ({ counters }) => counters.kept)
  return t('keptMessages', { messages: kept, count: formatCount(kept) })
}

function Counter({ name }: { readonly name: CounterName }) {
  const t = useTranslations('log')
  const value = useConnection(messagesState, ({ counters }) => counters[name])
  const isSeen = exceptions.has(name) && value > 0
  return (
    <div className={isSeen ? styles.counter : 'visually-hidden'} title={t(`counterHints.${name}`)}>
      <dt>{t(`counters.${name}`)}</dt>
      <dd data-counter={attributes[name] ?? name} data-value={value} data-alarming={alarming.has(name) && value > 0}>
        {formatCount(value)}
      </dd>
      {name === 'copies' && isSeen ? (
        <dd>
          <CopiesSwitch />
        </dd>
      ) : null}
    </div>
  )
}

/** For the eye; the list of counters says the same. */
function CounterCard() {
  const t = useTranslations('log')
  const counters = useConnection(messagesState, (state) => state.counters)
  return (
    <div className={styles.counterCard} aria-hidden>
      {groups.map((names) => (
        <dl key={names[0]}>
          {names.map((name) => (
            <div key={name} data-none={counters[name] === 0}>
              <dt>{t(`counters.${name}`)}</dt>
              <dd>{formatCount(counters[name])}</dd>
            </div>
          ))}
        </dl>
      ))}
      <p>{t('countersNote')}</p>
    </div>
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
