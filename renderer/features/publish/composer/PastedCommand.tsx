import { X } from 'lucide-react'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import type { Leftover } from '#shared/address/connectionReading'
import { readConnection } from '#shared/address/readConnection'
import type { ComposedMessage } from '#shared/model/publish'
import { LeftoverList } from '../../../mqttUi/LeftoverList'
import { composeMessage } from '../../../state/composerRequest'
import { useConnection, useConnectionObject } from '../../../state/useConnection'
import { Button } from '../../../ui/Button'
import { IconButton } from '../../../ui/IconButton'
import styles from '../publish.module.css'
import { draftIn, publishState } from '../publishState'
import type { DraftTab } from './draft'

type PastedField = 'topic' | 'payload'

/** A command of mosquitto that was pasted into a field of a draft. */
interface Pasted {
  readonly draftId: string
  /** The field as it was before; null = the message was taken. */
  readonly before: Partial<Pick<ComposedMessage, PastedField>> | null
  readonly message: ComposedMessage
  readonly left: readonly Leftover[]
}

export interface PastedCommandState {
  /** Null = none was pasted into this draft, or it was put away. */
  readonly pasted: Pasted | null
  /** To be told of a text before it stands in the field. */
  readonly look: (field: PastedField, text: string) => void
  readonly take: () => void
  readonly putAway: () => void
}

/** Finds commands that publish among what is pasted. The text goes where it was pasted: it may be meant as it is. */
export const usePastedCommand = (draft: DraftTab): PastedCommandState => {
  const connection = useConnectionObject()
  const changeDraft = useConnection(publishState, (state) => state.changeDraft)
  const [pasted, setPasted] = useState<Pasted | null>(null)
  const shown = pasted?.draftId === draft.id ? pasted : null
  return {
    pasted: shown,
    look: (field, text) => {
      const { message = null, left = [] } = mayBeCommand(text) ? (readConnection(text) ?? {}) : {}
      const before = { [field]: draft.message[field] }
      setPasted(message && { draftId: draft.id, before, message, left })
    },
    take: () => {
      if (!shown?.before) return
      // The command leaves its field; what else stands in the draft stays, and the message gets a draft of its own.
      changeDraft(shown.before)
      composeMessage(connection, shown.message)
      setPasted(shown.left.length === 0 ? null : { ...shown, before: null, draftId: draftIn(connection).id })
    },
    putAway: () => setPasted(null),
  }
}

/** Offers to take the message, and says then what of the command was not taken. */
export function PastedCommand({ pasted, take, putAway }: PastedCommandState) {
  const t = useTranslations('mosquitto.taken')
  if (!pasted) return null
  return (
    <div role="status" className={styles.pasted}>
      {pasted.before ? (
        <div className={styles.pastedOffer}>
          <span>{t('offer')}</span>
          <Button onClick={take}>{t('take')}</Button>
        </div>
      ) : (
        <div>
          <LeftoverList label={t('notTaken')} left={pasted.left} />
        </div>
      )}
      <IconButton label={t('putAway')} icon={<X size={14} />} onClick={putAway} />
    </div>
  )
}

/** Characters. A payload of megabytes is not looked through. */
const longestCommand = 1_000_000

const mayBeCommand = (text: string): boolean => text.length <= longestCommand && text.includes('mosquitto_')
