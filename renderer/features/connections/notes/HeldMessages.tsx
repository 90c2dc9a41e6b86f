import { Hand } from 'lucide-react'
import { useTranslations } from 'use-intl'
import type { HeldMessage } from '#shared/model/delivery'
import { qosSchema, type Qos } from '#shared/model/qos'
import { visibleText } from '#shared/text/visibleText'
import { selectSessionState, sessionState } from '../../../state/session'
import { useConnection } from '../../../state/useConnection'
import { Button } from '../../../ui/Button'
import { classes } from '../../../ui/classes'
import styles from './notes.module.css'

const allQos: readonly Qos[] = [0, 1, 2].map((qos) => qosSchema.parse(qos))
/** Each may have been held by a close of its own; the rest follows when these are settled. */
const mostShown = 5

/** Messages the broker closes the connection on, each with what can be done about it. */
export function HeldMessages() {
  const t = useTranslations('connections.held')
  const messages = useConnection(sessionState, ({ status }) => status?.heldMessages) ?? []
  if (messages.length === 0) return null
  const more = messages.length - mostShown
  return (
    <ul className={classes(styles.heldList, styles.noteWarning)} aria-label={t('list')}>
      {messages.slice(0, mostShown).map((message) => (
        <HeldItem key={message.sequence} message={message} />
      ))}
      {more > 0 ? <li className={styles.held}>{t('more', { count: more })}</li> : null}
    </ul>
  )
}

function HeldItem({ message }: { readonly message: HeldMessage }) {
  const t = useTranslations('connections.held')
  const state = useConnection(sessionState, selectSessionState)
  const drop = useConnection(sessionState, (session) => session.dropMessage)
  const release = useConnection(sessionState, (session) => session.releaseMessage)
  const { sequence, topic, qos, size, packet } = message
  // After PUBREC the message is the server's, and only its release is left to send.
  const mayChange = state.phase === 'online' && packet === 'PUBLISH'
  const others = mayChange ? allQos.filter((one) => one !== qos && one <= state.limits.maximumQos) : []
  return (
    <li className={styles.held}>
      <Hand size={14} aria-hidden />
      <span className={styles.noteText}>{t('title', { packet, topic: visibleText(topic), qos, size })}</span>
      <Button variant="quiet" onClick={() => void drop(sequence)}>
        {t('drop')}
      </Button>
      <Button variant="quiet" onClick={() => void release(sequence, null)}>
        {t('again')}
      </Button>
      {others.map((other) => (
        <Button key={other} variant="quiet" onClick={() => void release(sequence, other)}>
          {t('withQos', { qos: other })}
        </Button>
      ))}
    </li>
  )
}
